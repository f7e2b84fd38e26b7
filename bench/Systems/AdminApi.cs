using Grpc.Core;
using Grpc.Net.Client;
using Skypunch.Admin.V1;

namespace Skypunch.Bench.Systems;

/// <summary>The admin API of a system.</summary>
internal sealed class AdminApi(string url, string token) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(url);

    public async Task<GetSystemStatusResponse> StatusAsync()
        => await new SystemService.SystemServiceClient(_channel).GetSystemStatusAsync(
            new GetSystemStatusRequest(),
            new Metadata { { "authorization", $"Bearer {token}" } });

    public void Dispose() => _channel.Dispose();
}
