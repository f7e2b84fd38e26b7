using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.UnitTests.Notifier;

public sealed class AnnouncementsTests
{
    [Fact]
    public async Task A_change_is_stored_with_a_delivery_to_each_enabled_notifier_and_answered()
    {
        await using var store = NotifierStore.Create(hasBus: true);
        var first = await store.AddNotifierAsync("server=mx");
        var second = await store.AddNotifierAsync("server=mx");
        var off = await store.AddNotifierAsync("server=mx");
        await store.WithDbAsync(db => db.Notifiers.Where(n => n.Id == off).ExecuteUpdateAsync(set => set.SetProperty(n => n.Enabled, false)));
        var harness = store.Services.GetRequiredService<ITestHarness>();
        await harness.Start();
        var change = AChange.Failure(5);

        await harness.Bus.Publish(new StatusChangeBatch([change]), TestContext.Current.CancellationToken);

        var stored = await harness.Published.SelectAsync<StatusChangesStored>(TestContext.Current.CancellationToken).First();
        Assert.Equal([change.ChangeId], stored.Context.Message.ChangeIds);
        var deliveries = await store.DeliveriesAsync();
        Assert.Equal([first, second], deliveries.Select(d => d.NotifierId));
        Assert.All(deliveries, d => Assert.Equal((DeliveryState.Pending, 5, AChange.Noon), (d.State, d.TargetId, d.NextAttemptAt)));
    }

    [Fact]
    public async Task Of_a_batch_that_is_partly_known_only_the_rest_is_stored()
    {
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync("server=mx");
        TargetStatusChanged[] changes = [AChange.Failure(1), AChange.Failure(2), AChange.Failure(3)];
        await store.AnnounceAsync(changes[1]);

        await using var scope = store.Services.CreateAsyncScope();
        var added = await scope.ServiceProvider.GetRequiredService<Announcements>().StoreAsync(changes, TestContext.Current.CancellationToken);

        Assert.Equal([(1, 1), (3, 1)], added.Select(stored => (stored.Change.TargetId, stored.Notifiers)));
        Assert.Equal([2, 1, 3], (await store.DeliveriesAsync()).Select(d => d.TargetId));
    }

    [Fact]
    public async Task The_payload_is_the_change_as_it_came()
    {
        await using var store = NotifierStore.Create();
        var change = AChange.Failure();

        await store.AnnounceAsync(change);

        await store.WithDbAsync(async db => Assert.Equivalent(change, (await db.Announcements.SingleAsync()).Change(), strict: true));
    }

    [Fact]
    public async Task Copies_that_two_notifiers_take_at_the_same_moment_are_all_answered_and_stored_once()
    {
        await using var store = NotifierStore.Create(hasBus: true);
        await store.AddNotifierAsync("server=mx");
        ITestHarness[] harnesses = [store.Services.GetRequiredService<ITestHarness>(), store.AddReplica().GetRequiredService<ITestHarness>()];
        await Task.WhenAll(harnesses.Select(h => h.Start()));
        var changes = Enumerable.Range(1, 20).Select(i => AChange.Failure(i)).ToList();
        var batches = Enumerable.Range(0, 17).Select(i => new StatusChangeBatch(changes.GetRange(i, 4))).ToList(); // the batches overlap

        await Task.WhenAll(batches.SelectMany(batch => harnesses.Select(h => h.Bus.Publish(batch, TestContext.Current.CancellationToken))));

        foreach (var harness in harnesses)
        {
            foreach (var change in changes)
            {
                Assert.True(await harness.Published.Any<StatusChangesStored>(
                    answer => answer.Context.Message.ChangeIds.Contains(change.ChangeId),
                    TestContext.Current.CancellationToken));
            }
        }

        Assert.Equal(changes.Count, (await store.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task The_loser_of_a_race_to_store_a_change_sees_a_duplicate_and_no_fault()
    {
        await using var store = NotifierStore.Create();
        var change = AChange.Failure();
        await store.AnnounceAsync(change);

        await using var scope = store.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        db.Announcements.Add(Announcement.Of(change, AChange.Noon));
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));

        Assert.True(refused.IsDuplicateKey());
    }

    [Fact]
    public async Task A_row_refused_for_a_missing_value_is_no_duplicate()
    {
        await using var store = NotifierStore.Create();
        await using var scope = store.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        db.Notifiers.Add(new StoredNotifier { Name = null!, Address = "ops@example.org" });
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));

        Assert.False(refused.IsDuplicateKey());
    }
}
