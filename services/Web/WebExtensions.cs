using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Web.Api;
using Skypunch.Web.Configuration;
using Skypunch.Web.Incidents;
using Skypunch.Web.Login;
using Skypunch.Web.Notifiers;
using Skypunch.Web.Overview;
using Skypunch.Web.Rendering;
using Skypunch.Web.Sessions;
using Skypunch.Web.Settings;
using Skypunch.Web.Targets;

namespace Skypunch.Web;

/// <summary>What a host calls to show the page. The hosts are the page's own Program and skypunchd.</summary>
public static class WebExtensions
{
    /// <summary>Adds the parts of the page.</summary>
    /// <exception cref="StartupException">There is no token with which to call the admin API.</exception>
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        if (AdminOptions.ReadToken(builder.Configuration) is null)
        {
            throw new StartupException("The page calls the admin API with its token: set Admin:Token or Admin:TokenFile to that of the Scheduler.");
        }

        builder.Services.AddOptionsWithValidateOnStart<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<ApiClients>();
        builder.Services.AddSingleton<KnownSessions>();
        builder.Services.AddSingleton<ScreenRenderer>();
        builder.Services.AddSingleton<LiveScreens>();
        builder.Services.AddSingleton<Screens>();
        return builder;
    }

    /// <summary>
    /// Makes the process ready only while the admin API answers. For a process that shows the page alone: skypunchd has its own checks.
    /// </summary>
    public static WebApplicationBuilder AddAdminApiCheck(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<AdminApiCheck>("admin api", tags: [ReadyTag.Name]);
        return builder;
    }

    /// <summary>Maps the page, at its own listener.</summary>
    public static WebApplication MapWeb(this WebApplication app)
    {
        var pathBase = app.Services.GetRequiredService<IOptions<WebOptions>>().Value.PathBase;
        foreach (var path in new[] { "", pathBase }.Distinct()) // a reverse proxy may cut the path off, or leave it
        {
            MapScreens(app, path);
        }

        return app;
    }

    private static void MapScreens(WebApplication app, string path)
    {
        var group = ScreenRoutes.Group(app, path);
        Asset.Map(group);
        var routes = new ScreenRoutes(group);
        LoginScreens.Map(routes, app.Services.GetRequiredService<KnownSessions>());
        OverviewScreens.Map(routes);
        TargetScreens.Map(routes);
        IncidentScreens.Map(routes);
        NotifierScreens.Map(routes);
        SettingsScreens.Map(routes, app.Services.GetRequiredService<KnownSessions>());
        routes.Screen("/{**path}", visit => Task.FromResult<IAnswer>(Trouble.NotFound(visit, "There is no such page.")));
    }
}
