using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Skypunch.Faults.Ground;

/// <summary>
/// The web server of all targets. It counts each request when it comes in, by its target, and answers as the target's page says: 200, or
/// 503 while the target is down; at once, after a while, or never.
/// </summary>
internal sealed class ScriptedWeb : IAsyncDisposable
{
    private const string Prefix = "/t/";
    private const int MostPages = 200_000;

    private readonly WebApplication _app;
    private readonly ScriptedPage?[] _pages = new ScriptedPage?[MostPages];
    private int _count;

    private ScriptedWeb(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    public static async Task<ScriptedWeb> StartAsync()
    {
        var port = ContainerServer.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var web = new ScriptedWeb(builder.Build(), port);
        web._app.Run(web.AnswerAsync);
        await web._app.StartAsync();
        return web;
    }

    /// <summary>Adds pages that have no requests yet.</summary>
    public IReadOnlyList<ScriptedPage> NewPages(int count)
    {
        var pages = new List<ScriptedPage>();
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref _count) - 1;
            var page = new ScriptedPage(number, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}{Prefix}{number}"));
            _pages[number] = page;
            pages.Add(page);
        }

        return pages;
    }

    public async ValueTask DisposeAsync()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.Zero); // requests that hang need not end
        await _app.StopAsync(impatient.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(path.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || _pages[number] is not { } page)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (status, delay) = page.Ask(TimeProvider.System.GetTimestamp());
        if (delay > TimeSpan.Zero || delay == Timeout.InfiniteTimeSpan)
        {
            await Task.Delay(delay, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.Response.StatusCode = status;
    }
}
