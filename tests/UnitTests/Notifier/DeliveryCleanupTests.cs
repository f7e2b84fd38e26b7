using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

public sealed class DeliveryCleanupTests
{
    [Fact]
    public async Task Finished_deliveries_are_deleted_after_their_time_and_waiting_ones_stay()
    {
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync([.. Enumerable.Range(1, 502).Select(i => AChange.Recovery(i))]);
        await store.WithDbAsync(db => db.Deliveries.Where(d => d.TargetId != 7).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent)));
        store.Clock.Advance(TimeSpan.FromDays(30));
        await store.AnnounceAsync(AChange.Failure(2000));

        await store.WithDbAsync(db => DeliveryCleanup.RemoveFinishedAsync(db, store.Clock.GetUtcNow() - TimeSpan.FromDays(29), CancellationToken.None));

        Assert.Equal([7, 2000], (await store.DeliveriesAsync()).Select(d => d.TargetId));
    }

    [Fact]
    public async Task Deliveries_to_a_notifier_that_was_disabled_in_SQL_are_cancelled()
    {
        await using var store = NotifierStore.Create();
        var off = await store.AddNotifierAsync("server=mx");
        await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure());
        await store.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE notifiers SET enabled = 0 WHERE id = {off}"));
        await NotifierStore.WithAsync<DueDeliveries>(store.Services, async due => Assert.Null(await due.ClaimNextAsync(off, CancellationToken.None)));

        await store.WithDbAsync(db => DeliveryCleanup.CancelDisabledAsync(db, CancellationToken.None));

        Assert.Equal([DeliveryState.Cancelled, DeliveryState.Pending], (await store.DeliveriesAsync()).Select(d => d.State));
    }

    [Fact]
    public async Task A_deleted_notifier_takes_its_deliveries_along()
    {
        await using var store = NotifierStore.Create();
        var gone = await store.AddNotifierAsync("server=mx");
        var stays = await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure());

        await store.WithDbAsync(db => db.Notifiers.Where(n => n.Id == gone).ExecuteDeleteAsync());

        Assert.Equal([stays], (await store.DeliveriesAsync()).Select(d => d.NotifierId));
    }
}
