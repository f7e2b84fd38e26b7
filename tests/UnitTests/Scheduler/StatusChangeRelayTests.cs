using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.UnitTests.Scheduler;

public sealed class StatusChangeRelayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_of_several_targets_travel_together_and_the_next_one_of_a_target_when_the_first_is_answered()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        await AddAsync(host, AChange.Failure(1), AChange.Failure(2), AChange.Recovery(1));

        await standIns.TakeAsync(3);

        Assert.Equal(
            [[(1, "FAIL"), (2, "FAIL")], [(1, "PASS")]],
            standIns.Batches.Select(batch => batch.Changes.Select(change => (change.TargetId, change.To)).ToArray()));
    }

    [Fact]
    public async Task What_is_more_than_a_message_takes_goes_into_the_next_one()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        await AddAsync(host, [.. Enumerable.Range(1, 120).Select(id => AChange.Failure(id))]);

        await standIns.TakeAsync(120);

        Assert.Equal([20, 100], standIns.Batches.Select(batch => batch.Changes.Count).Order()); // the batches may be processed side by side
    }

    // Adds changes in one transaction, with their targets.
    private static async Task AddAsync(SchedulerHost host, params TargetStatusChanged[] changes)
    {
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
            var ids = changes.Select(change => change.TargetId).Distinct();
            db.Targets.AddRange(ids.Select(id => new Target { Id = id, Name = $"target {id}", Url = "http://127.0.0.1:9/", Enabled = false }));
            db.StatusChanges.AddRange(changes.Select((change, i) => Row(i + 1, change)));
            await db.SaveChangesAsync(Cancellation);
        }

        host.Services.GetRequiredService<StatusChangeRelay>().Wake();
    }

    internal static StatusChange Row(long id, TargetStatusChanged change) => new()
    {
        Id = id,
        ChangeId = change.ChangeId,
        TargetId = change.TargetId,
        FromStatus = TargetStatusConverter.Read(change.From),
        ToStatus = TargetStatusConverter.Read(change.To),
        At = change.At,
        Reason = change.Reason,
        Description = change.Description,
        Payload = JsonSerializer.Serialize(change),
    };
}
