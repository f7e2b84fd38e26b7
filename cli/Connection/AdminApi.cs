using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Skypunch.Admin.V1;

namespace Skypunch.Cli.Connection;

/// <summary>The admin API of one server.</summary>
internal sealed class AdminApi : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private readonly GrpcChannel _channel;

    public AdminApi(ServerChoice server)
    {
        Server = server;
        _channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                UseProxy = server.Address.Scheme == "https" && !server.Address.IsLoopback, // a proxy does not pass on HTTP/2 in clear
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null, // a page of targets, each with certificates, may be larger than the 4 MB by default
        });
        var calls = _channel.CreateCallInvoker().Intercept(metadata =>
        {
            if (server.Token is { } token)
            {
                metadata.Add("authorization", $"Bearer {token}");
            }

            return metadata;
        });
        Targets = new TargetService.TargetServiceClient(calls);
        Notifiers = new NotifierService.NotifierServiceClient(calls);
        History = new HistoryService.HistoryServiceClient(calls);
        Maintenance = new MaintenanceService.MaintenanceServiceClient(calls);
        System = new SystemService.SystemServiceClient(calls);
        Access = new AccessService.AccessServiceClient(calls);
    }

    public ServerChoice Server { get; }

    public TargetService.TargetServiceClient Targets { get; }

    public NotifierService.NotifierServiceClient Notifiers { get; }

    public HistoryService.HistoryServiceClient History { get; }

    public MaintenanceService.MaintenanceServiceClient Maintenance { get; }

    public SystemService.SystemServiceClient System { get; }

    public AccessService.AccessServiceClient Access { get; }

    public void Dispose() => _channel.Dispose();
}
