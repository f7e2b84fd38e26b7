using System.Net;
using System.Net.ServerSentEvents;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Web;

/// <summary>A browser that asks a page's address for events is told what changes on it.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private WebHost _web = null!;

    public async ValueTask InitializeAsync() => _web = await WebHost.StartAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task A_screen_is_sent_at_once_and_again_when_it_has_changed()
    {
        using var answer = await FollowAsync("targets", await _web.LogInAsync());
        await using var events = await EventsAsync(answer);
        Assert.Equal("open", (await NextAsync(events)).EventType);
        Assert.DoesNotContain("A new target", (await NextAsync(events)).Data, StringComparison.Ordinal);

        await _web.AddTargetAsync("A new target");

        var changed = await NextAsync(events);
        Assert.Equal("screen", changed.EventType);
        Assert.Contains("A new target", changed.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", changed.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_nothing_changes_there_is_a_sign_of_life()
    {
        using var answer = await FollowAsync("targets", await _web.LogInAsync());
        await using var events = await EventsAsync(answer);

        Assert.Equal(["open", "screen", "alive"], [(await NextAsync(events)).EventType, (await NextAsync(events)).EventType, (await NextAsync(events)).EventType]);
    }

    [Fact]
    public async Task The_events_end_with_the_session_and_begin_with_none()
    {
        var cookie = await _web.LogInAsync();
        using var answer = await FollowAsync("targets", cookie);
        await using var events = await EventsAsync(answer);
        await NextAsync(events);
        var access = new AccessService.AccessServiceClient(_web.Channel);
        var session = Assert.Single((await access.ListSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Sessions);

        await access.DeleteSessionAsync(new() { Id = session.Id }, cancellationToken: TestContext.Current.CancellationToken);

        while (await MoveAsync(events))
        {
        }

        using var none = await FollowAsync("targets", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
    }

    private Task<HttpResponseMessage> FollowAsync(string path, string cookie) => _web.GetAsync(path, cookie, ("Accept", "text/event-stream"));

    private static async Task<IAsyncEnumerator<SseItem<string>>> EventsAsync(HttpResponseMessage answer)
    {
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
        return SseParser.Create(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    private async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await MoveAsync(events), "The events have ended.");
        return events.Current;
    }

    // Moves the clock of the page until there is an event, or no more of them.
    private async Task<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        var next = events.MoveNextAsync().AsTask();
        await Eventually.HoldsAsync(() => next.IsCompleted, "there is an event", () => _web.Clock.Advance(TimeSpan.FromSeconds(1)));
        return await next;
    }
}
