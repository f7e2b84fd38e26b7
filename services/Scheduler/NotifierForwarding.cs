using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Skypunch.Scheduler;

/// <summary>
/// Forwards calls of the NotifierService to the Notifier, so that a user configures one address only. The caller's token is passed on.
/// </summary>
internal static class NotifierForwarding
{
    private const string Name = "notifier";

    public static void AddNotifierForwarding(this IServiceCollection services, Uri notifier)
    {
        var route = new RouteConfig
        {
            RouteId = Name,
            ClusterId = Name,
            Match = new RouteMatch { Path = $"/{NotifierService.Descriptor.FullName}/{{**method}}" },
        };
        var cluster = new ClusterConfig
        {
            ClusterId = Name,
            Destinations = new Dictionary<string, DestinationConfig> { [Name] = new() { Address = notifier.AbsoluteUri } },
            HttpRequest = new ForwarderRequestConfig { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        };
        services.AddReverseProxy().LoadFromMemory([route], [cluster]).ConfigureHttpClient((_, handler) => DetectDeadConnections(handler));
    }

    // A Notifier whose host has vanished sends nothing, not even a TCP reset. Without these timeouts a call would wait for minutes on the
    // dead connection.
    private static void DetectDeadConnections(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(5);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
    }

    public static void MapNotifierForwarding(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SchedulerOptions>>().Value.NotifierUrl is not null)
        {
            app.MapReverseProxy();
        }
    }
}
