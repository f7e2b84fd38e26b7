using System.Net.Http.Headers;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.Web.Configuration;

namespace Skypunch.Web.Api;

/// <summary>The clients of the admin API, with the admin token.</summary>
public sealed class ApiClients : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _withoutToken;
    private readonly GrpcChannel _channel;
    private readonly GrpcChannel _channelWithoutToken;

    public ApiClients(IOptions<WebOptions> options, IConfiguration configuration)
    {
        _http = NewClient();
        _withoutToken = NewClient();
        if (AdminOptions.ReadToken(configuration) is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        _channel = GrpcChannel.ForAddress(options.Value.ApiUrl!, new GrpcChannelOptions { HttpClient = _http, MaxReceiveMessageSize = null });
        Targets = new(_channel);
        Notifiers = new(_channel);
        History = new(_channel);
        System = new(_channel);
        Access = new(_channel);
        _channelWithoutToken = GrpcChannel.ForAddress(options.Value.ApiUrl!, new GrpcChannelOptions { HttpClient = _withoutToken });
        AccessWithoutToken = new(_channelWithoutToken);
    }

    public TargetService.TargetServiceClient Targets { get; }

    public NotifierService.NotifierServiceClient Notifiers { get; }

    public HistoryService.HistoryServiceClient History { get; }

    public SystemService.SystemServiceClient System { get; }

    public AccessService.AccessServiceClient Access { get; }

    /// <summary>For whoever shows a token of their own.</summary>
    public AccessService.AccessServiceClient AccessWithoutToken { get; }

    public void Dispose()
    {
        _channelWithoutToken.Dispose();
        _withoutToken.Dispose();
        _channel.Dispose();
        _http.Dispose();
    }

    // A proxy from the environment is for other networks than that of the services.
    private static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
    });
}
