using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class AlertRehearsalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rehearsed_fold_makes_all_changes_of_a_status_and_leaves_no_row_and_no_change_of_the_targets()
    {
        using var store = new SchedulerStore();
        var id = await store.AddAsync("web");
        await using var db = store.Open();
        var options = Options.Create(new SchedulerOptions());
        var fold = new ResultFold(db, options, new LivingProbers(store.Clock), store.Windows, new SetAside(db, store.BadRows, options, store.Clock), store.Clock);

        var changes = await new RehearsedFold(db, fold, store.Clock).RunAsync(Cancellation);

        Assert.Equal([TargetStatus.Pass, TargetStatus.Fail, TargetStatus.Pass], changes.Select(change => change.ToStatus));
        Assert.Empty(store.Log.Lines);
        Assert.Equal(id, (await db.Targets.AsNoTracking().SingleAsync(Cancellation)).Id);
        Assert.Equal(0, (await store.ReadAsync(id)).PassCount);
        Assert.Equal(
            0,
            await db.StatusChanges.CountAsync(Cancellation) + await db.TargetTraces.CountAsync(Cancellation) + await db.Incidents.CountAsync(Cancellation)
                + await db.TargetHours.CountAsync(Cancellation) + await db.Notices.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_Scheduler_announces_nothing_for_its_rehearsal()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var rehearsal = host.Services.GetRequiredService<AlertRehearsal>();
        await rehearsal.ExecuteTask!.WaitAsync(Cancellation);
        await Eventually.HoldsAsync(() => !standIns.Rehearsals.IsEmpty, "the empty message has arrived");

        Assert.True(rehearsal.Gate.IsOpen);
        Assert.Empty(standIns.Batches);
        Assert.False(standIns.Changes.Reader.TryPeek(out _));
    }
}
