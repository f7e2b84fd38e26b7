using System.Net.Http.Headers;
using Grpc.Net.Client;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Standalone.FirstStart;

/// <summary>A client of the daemon's own admin API, so that a first load follows the same rules as any other call.</summary>
internal sealed class OwnApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;

    public OwnApi(string adminUrl, IConfiguration configuration)
    {
        // A proxy from the environment is for other machines, not for this one.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminOptions.ReadToken(configuration));
        _channel = GrpcChannel.ForAddress(adminUrl, new GrpcChannelOptions { HttpClient = _http, MaxReceiveMessageSize = null });
        Targets = new TargetService.TargetServiceClient(_channel);
        Notifiers = new NotifierService.NotifierServiceClient(_channel);
    }

    public TargetService.TargetServiceClient Targets { get; }

    public NotifierService.NotifierServiceClient Notifiers { get; }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }
}
