using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

public sealed class NotifierCountersTests : IAsyncDisposable
{
    private readonly NotifierStore _store = NotifierStore.Create();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Each_attempt_is_counted_once()
    {
        var id = await _store.AddNotifierAsync("server=mx");
        await _store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Failure(3));
        var first = await ClaimAsync(id);
        await FailAsync(first);
        await CountAsync();
        _store.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var claim in new[] { await ClaimAsync(id), await ClaimAsync(id), await ClaimAsync(id) })
        {
            await SendAsync(claim);
        }

        await SendAsync(first); // as by another sender, which is late
        await CountAsync();
        await CountAsync();

        Assert.Equal((3, 1), await CountersAsync(id));
        Assert.All(await _store.DeliveriesAsync(), delivery => Assert.Null(delivery.UncountedAttempts));
    }

    [Fact]
    public async Task Failures_and_the_success_after_them_are_told_apart_when_they_are_counted_together()
    {
        var id = await _store.AddNotifierAsync("server=mx");
        await _store.AnnounceAsync(AChange.Failure(1));
        for (var i = 0; i < 2; i++)
        {
            await FailAsync(await ClaimAsync(id));
            _store.Clock.Advance(TimeSpan.FromHours(1));
        }

        await SendAsync(await ClaimAsync(id));
        await CountAsync();

        Assert.Equal((1, 2), await CountersAsync(id));
    }

    [Fact]
    public async Task Counters_at_their_end_stay_there_and_those_of_other_notifiers_go_on()
    {
        var (full, other) = (await _store.AddNotifierAsync("server=mx"), await _store.AddNotifierAsync("server=mx"));
        await _store.WithDbAsync(db => db.Notifiers.Where(n => n.Id == full).ExecuteUpdateAsync(set => set.SetProperty(n => n.PassCount, long.MaxValue)));
        await _store.AnnounceAsync(AChange.Failure(1));
        await SendAsync(await ClaimAsync(full));
        await SendAsync(await ClaimAsync(other));

        await CountAsync();

        Assert.Equal((long.MaxValue, 0), await CountersAsync(full));
        Assert.Equal((1, 0), await CountersAsync(other));
    }

    private Task CountAsync() => NotifierStore.WithAsync<NotifierCounters>(_store.Services, counters => counters.CountAsync(CancellationToken.None));

    private Task SendAsync(Claim claim)
        => NotifierStore.WithAsync<DeliveryMarks>(_store.Services, marks => marks.SentAsync(claim, remark: null, claimNext: false, CancellationToken.None));

    private Task FailAsync(Claim claim)
        => NotifierStore.WithAsync<DeliveryMarks>(
            _store.Services, marks => marks.FailedAsync(claim, "no", _store.Clock.GetUtcNow(), remainingAddresses: null, CancellationToken.None));

    private async Task<Claim> ClaimAsync(long notifierId)
    {
        Claim? claimed = null;
        await NotifierStore.WithAsync<DueDeliveries>(_store.Services, async due => claimed = await due.ClaimNextAsync(notifierId, CancellationToken.None));
        return claimed!;
    }

    private async Task<(long Passes, long Fails)> CountersAsync(long id)
    {
        StoredNotifier? row = null;
        await _store.WithDbAsync(async db => row = await db.Notifiers.AsNoTracking().SingleAsync(n => n.Id == id));
        return (row!.PassCount, row.FailCount);
    }
}
