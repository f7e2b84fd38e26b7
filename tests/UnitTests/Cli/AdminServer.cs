using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Skypunch.UnitTests.Cli;

/// <summary>An admin API on the loopback address that keeps its targets and notifiers in memory.</summary>
internal sealed class AdminServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AdminServer(WebApplication app) => _app = app;

    public InMemoryTargets Targets { get; } = new();

    public InMemoryNotifiers Notifiers { get; } = new();

    public InMemoryHistory History { get; } = new();

    public InMemoryMaintenance Maintenance { get; } = new();

    /// <summary>The authorization header of the last call.</summary>
    public string? Authorization { get; private set; }

    public string Url => _app.Urls.Single();

    public static async Task<AdminServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // drops the appsettings.json of the services, which lies beside the tests
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        AdminServer? server = null;
        builder.Services.AddSingleton(_ => server!.Targets);
        builder.Services.AddSingleton(_ => server!.Notifiers);
        builder.Services.AddSingleton(_ => server!.History);
        builder.Services.AddSingleton(_ => server!.Maintenance);
        var app = builder.Build();
        server = new AdminServer(app);
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            server.Authorization = context.Request.Headers.Authorization;
            return next(context);
        });
        app.MapGrpcService<InMemoryTargets>();
        app.MapGrpcService<InMemoryNotifiers>();
        app.MapGrpcService<InMemoryHistory>();
        app.MapGrpcService<InMemoryMaintenance>();
        app.MapGrpcService<FixedSystem>();
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
