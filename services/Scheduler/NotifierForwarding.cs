using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Skypunch.Scheduler;

/// <summary>Forwards calls for the NotifierService to the Notifier, so that a user configures one address. The caller's token goes along.</summary>
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
        services.AddReverseProxy().LoadFromMemory([route], [cluster]);
    }

    public static void MapNotifierForwarding(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SchedulerOptions>>().Value.NotifierUrl is not null)
        {
            app.MapReverseProxy();
        }
    }
}
