using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Skypunch.Web.Configuration;
using Skypunch.Web.Sessions;

namespace Skypunch.Web.Rendering;

/// <summary>
/// Follows a screen: a browser that asks its address for events gets the screen anew whenever it has changed. All who look at the same address
/// share one look at the store.
/// </summary>
public sealed class LiveScreens(ScreenRenderer renderer, KnownSessions sessions, IOptions<WebOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Look> _looks = new();

    /// <summary>Whether a browser asks for events.</summary>
    public static bool IsAsked(HttpContext http) => http.Request.Headers.Accept.ToString().StartsWith(EventStream, StringComparison.Ordinal);

    /// <summary>Sends what changes until the browser goes, the session ends or this process stops.</summary>
    public async Task FollowAsync(Visit visit, Func<Visit, Task<IAnswer>> load)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(visit.Cancelled, lifetime.ApplicationStopping);
        visit.Http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would collect the events
        try
        {
            await TypedResults.ServerSentEvents(ChangesAsync(visit, load, end.Token)).ExecuteAsync(visit.Http);
        }
        catch (OperationCanceledException)
        {
            // the browser has gone, or this process stops
        }
    }

    private async IAsyncEnumerable<SseItem<string>> ChangesAsync(Visit visit, Func<Visit, Task<IAnswer>> load, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, quietSince) = ("", clock.GetTimestamp());
        yield return new SseItem<string>("", "open");
        while (await sessions.OfAsync(visit.Http) is not null)
        {
            var look = await LookAsync(visit, load);
            if (look is not null && look != last)
            {
                yield return new SseItem<string>(look, "screen");
                (last, quietSince) = (look, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(quietSince) > SignOfLife)
            {
                yield return new SseItem<string>("", "alive");
                quietSince = clock.GetTimestamp();
            }

            await Task.Delay(options.Value.LiveInterval, clock, cancellationToken);
        }
    }

    // Null: the admin API does not answer just now; what the viewer sees stays.
    private Task<string?> LookAsync(Visit visit, Func<Visit, Task<IAnswer>> load)
    {
        var key = $"{visit.Words.Language} {visit.Here}";
        var now = clock.GetTimestamp();
        var look = _looks.AddOrUpdate(
            key,
            _ => new Look(now, RenderAsync(visit, load)),
            (_, known) => clock.GetElapsedTime(known.Begun) < options.Value.LiveInterval / 2 ? known : new Look(now, RenderAsync(visit, load)));
        Forget(now);
        return look.Body;
    }

    private void Forget(long now)
    {
        foreach (var (key, look) in _looks)
        {
            if (clock.GetElapsedTime(look.Begun, now) > SignOfLife)
            {
                _looks.TryRemove(key, out _);
            }
        }
    }

    private async Task<string?> RenderAsync(Visit visit, Func<Visit, Task<IAnswer>> load)
    {
        await Task.Yield(); // nothing is asked while the dictionary is held
        try
        {
            var fresh = new Visit(visit.Http, visit.Words, visit.Api, visit.PathBase, clock.GetUtcNow()) { Session = visit.Session };
            return await load(fresh) is Screen screen ? await renderer.BodyAsync(fresh, screen) : null;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record Look(long Begun, Task<string?> Body);
}
