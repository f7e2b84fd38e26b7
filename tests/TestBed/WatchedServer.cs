using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.TestBed;

/// <summary>A web server that notes when each path is requested. It answers 200, or 503 for the paths that are down.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>> _arrivals = new();

    private WatchedServer(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The paths that answer 503.</summary>
    public ConcurrentDictionary<string, bool> Down { get; } = new();

    public static async Task<WatchedServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()); // reads no appsettings.json of a service
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = new WatchedServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>When a path was requested.</summary>
    public IReadOnlyList<DateTimeOffset> Arrivals(string path) => _arrivals.TryGetValue(path, out var times) ? [.. times] : [];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _arrivals.GetOrAdd(path, _ => new()).Enqueue(TimeProvider.System.GetUtcNow());
        context.Response.StatusCode = Down.ContainsKey(path) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return Task.CompletedTask;
    }
}
