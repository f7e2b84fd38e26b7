using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>Who is told, on a real MySQL.</summary>
public sealed class MySqlRoutingTests(MySqlServer mySql) : IAsyncLifetime
{
    private NotifierOnMySql _notifier = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _notifier = await NotifierOnMySql.CreateAsync(await mySql.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _notifier.DisposeAsync();

    [Fact]
    public async Task A_recovery_is_told_to_whoever_was_told_last_of_a_failure_whatever_has_changed()
    {
        const int Targets = 300;
        var (all, web, shop) = (await AddAsync(null), await AddAsync("labels.team = web"), await AddAsync("labels.team = shop"));
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets).Select(i => Of("web", AChange.Failure(i)))]);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets / 2).Select(i => Of("web", AChange.Recovery(i)))]);
        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets / 2).Select(i => Of("none", AChange.Failure(i)))]);

        await _notifier.AnnounceAsync([.. Enumerable.Range(1, Targets).Select(i => Of("none", AChange.Recovery(i)))]);

        var told = (await _notifier.DeliveriesAsync()).ToLookup(delivery => delivery.NotifierId);
        Assert.Equal(3 * Targets, told[all].Count());
        Assert.Equal(2 * Targets, told[web].Count());
        Assert.All(told[web].GroupBy(delivery => delivery.TargetId), ofTarget => Assert.Equal(2, ofTarget.Count()));
        Assert.Empty(told[shop]);
    }

    [Fact]
    public async Task Those_are_found_that_were_told_of_a_failure()
    {
        ToldTarget[] asked = [new(1, 1), new(1, 2), new(2, 1)];
        await AddAsync(null);
        await _notifier.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));

        Assert.Equal([new ToldTarget(1, 1), new ToldTarget(1, 2)], (await _notifier.WithAsync((NotifierDb db) => db.FailingAsync(asked, Cancellation))).Order(Comparer<ToldTarget>.Create((one, other) => one.TargetId.CompareTo(other.TargetId))));
    }

    [Fact]
    public async Task The_last_failure_that_was_told_is_kept_and_the_rest_is_removed()
    {
        await AddAsync(null);
        await _notifier.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        await _notifier.AnnounceAsync(AChange.Recovery(2));
        await _notifier.WithAsync((NotifierDb db) => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent), Cancellation));

        await _notifier.WithAsync(async (NotifierDb db) =>
        {
            await DeliveryCleanup.RemoveFinishedAsync(db, TimeProvider.System.GetUtcNow().AddHours(1), Cancellation);
            return true;
        });

        Assert.Equal([1], (await _notifier.DeliveriesAsync()).Select(delivery => delivery.TargetId));
    }

    private async Task<long> AddAsync(string? match)
    {
        var id = await _notifier.AddNotifierAsync("server=mx");
        await _notifier.WithAsync((NotifierDb db) => db.Notifiers.Where(n => n.Id == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.MatchText, match), Cancellation));
        return id;
    }

    private static TargetStatusChanged Of(string team, TargetStatusChanged change) => change with { Labels = new Dictionary<string, string> { ["team"] = team } };
}
