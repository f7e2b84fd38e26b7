using System.Net.Http.Headers;
using Grpc.Net.Client;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Standalone.FirstStart;

/// <summary>The daemon's own admin API, called as any client calls it: one door, one set of rules.</summary>
internal sealed class OwnApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;

    public OwnApi(string adminUrl, IConfiguration configuration)
    {
        var admin = configuration.GetSection(AdminOptions.Section).Get<AdminOptions>() ?? new AdminOptions();
        var token = admin.Token ?? (admin.TokenFile is { } file ? File.ReadAllText(file).Trim() : "");

        // A proxy from the environment is for the world, not for this machine.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
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
