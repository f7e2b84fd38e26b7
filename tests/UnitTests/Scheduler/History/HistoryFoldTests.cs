using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.UnitTests.Scheduler.History;

/// <summary>Folds write the history in the transaction of their results.</summary>
public sealed class HistoryFoldTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Hours_and_open_hours_have_what_the_counters_have()
    {
        var id = await _store.AddAsync("x", frequency: 60);

        for (var slot = 0; slot < 200; slot++)
        {
            await ProbeAsync(lost: slot % 17 == 3, fails: slot % 13 == 5);
        }

        var target = await _store.ReadAsync(id);
        var hours = await HoursAsync();
        Assert.Equal(3, hours.Count);
        Assert.All(hours.Skip(1), hour => Assert.Equal(60, hour.Passes + hour.Fails + hour.Missed));
        var all = hours.Append(HistoryView.Of(id, target.History)!.Open).ToList();
        Assert.Equal((target.PassCount, target.FailCount), (all.Sum(hour => hour.Passes), all.Sum(hour => hour.Fails)));
        Assert.InRange(target.MissedCount, 10, 12);
        Assert.Equal(target.MissedCount, all.Sum(hour => hour.Missed));
    }

    [Fact]
    public async Task A_batch_that_comes_twice_is_in_the_history_once()
    {
        var id = await _store.AddAsync("x", frequency: 60);
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await _store.FoldAsync(SchedulerStore.Result(job));
        await _store.FoldAsync(SchedulerStore.Result(job));

        Assert.Single(HistoryView.Of(id, (await _store.ReadAsync(id)).History)!.Results);
    }

    [Fact]
    public async Task Slots_that_a_Prober_could_not_probe_are_missed()
    {
        var id = await _store.AddAsync("x", frequency: 60);
        await ProbeAsync();
        var job = await NextJobAsync();

        await using (var db = _store.Open())
        {
            await _store.FoldAsync(db, new ProbeResults("prober-1", []) { NotProbed = [new NotProbed(id, job.Slot, "The Prober is broken.")] });
        }

        var target = await _store.ReadAsync(id);
        Assert.Equal((1, 1), (target.MissedCount, HistoryView.Of(id, target.History)!.Open.Missed));
    }

    [Fact]
    public async Task An_incident_opens_and_closes_with_the_status_changes()
    {
        var id = await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = 60, FailureThreshold = 2 });
        await ProbeAsync();
        var began = await ProbeAsync(fails: true);
        var detected = await ProbeAsync(fails: true);
        await ProbeAsync(fails: true);
        var ended = await ProbeAsync();

        await using var db = _store.Open();
        var incident = Assert.Single(await db.Incidents.ToListAsync(Cancellation));
        var changes = await db.StatusChanges.OrderBy(change => change.Id).ToListAsync(Cancellation);
        Assert.Equal((id, "x", began, detected, ended), (incident.TargetId, incident.Name, incident.BeganAt, incident.DetectedAt, incident.EndedAt));
        Assert.Equal((ProbeReasons.StatusMismatch, "target status:503 != 200"), (incident.Reason, incident.Description));
        Assert.Equal((changes[^2].ChangeId, changes[^1].ChangeId), (incident.OpenedBy, incident.ClosedBy));
    }

    [Fact]
    public async Task An_incident_that_opens_and_closes_in_one_batch_is_one_row()
    {
        await _store.AddAsync("x");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await _store.FoldAsync(
            SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch),
            SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(1) }),
            SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(2) }, 503, ProbeReasons.StatusMismatch));

        await using var db = _store.Open();
        Assert.Equal([job.Slot.AddSeconds(1), null], await db.Incidents.OrderBy(incident => incident.Id).Select(incident => incident.EndedAt).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_column_that_was_edited_by_hand_in_SQL_begins_anew()
    {
        var id = await _store.AddAsync("x", frequency: 60);
        await ProbeAsync();
        await using (var db = _store.Open())
        {
            await db.Database.ExecuteSqlAsync($"UPDATE targets SET history = 'nonsense'", Cancellation);
        }

        await ProbeAsync();
        await ProbeAsync();

        Assert.Equal(2, HistoryView.Of(id, (await _store.ReadAsync(id)).History)!.Open.Passes);
        Assert.Single(_store.Log.Lines, line => line.Text.Contains("history could not be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_incident_goes_on_though_the_column_was_edited_by_hand_in_SQL(bool failsOn)
    {
        await _store.AddAsync("x", frequency: 60);
        var began = await ProbeAsync(fails: true);
        await using var db = _store.Open();
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET history = 'nonsense'", Cancellation);

        _ = failsOn ? await ProbeAsync(fails: true) : began;
        var ended = await ProbeAsync();

        var incident = Assert.Single(await db.Incidents.ToListAsync(Cancellation));
        Assert.Equal((began, ended), (incident.BeganAt, incident.EndedAt));
        Assert.NotNull(incident.OpenedBy);
        Assert.NotNull(incident.ClosedBy);
    }

    [Fact]
    public async Task What_a_Scheduler_of_an_older_release_folds_between_is_not_lost()
    {
        var id = await _store.AddAsync("x", frequency: 60);
        await ProbeAsync();
        await ProbeAsOfOldAsync(passes: 3, fails: 0, TargetStatus.Pass);
        await ProbeAsync(fails: true);
        await ProbeAsync(fails: true);
        var ended = await ProbeAsOfOldAsync(passes: 2, fails: 1, TargetStatus.Pass);
        await ProbeAsync();
        var began = await ProbeAsOfOldAsync(passes: 0, fails: 40, TargetStatus.Fail);
        await ProbeAsync(fails: true);
        await ProbeAsync();
        var whole = await ProbeAsOfOldAsync(passes: 0, fails: 1, TargetStatus.Fail);
        await ProbeAsync();

        var target = await _store.ReadAsync(id);
        List<TargetHour> all = [.. await HoursAsync(), HistoryView.Of(id, target.History)!.Open];
        Assert.Equal((target.PassCount, target.FailCount, target.MissedCount), (all.Sum(hour => hour.Passes), all.Sum(hour => hour.Fails), all.Sum(hour => hour.Missed)));
        Assert.Equal((9, 45), (target.PassCount, target.FailCount));
        await using var db = _store.Open();
        var incidents = await db.Incidents.AsNoTracking().OrderBy(incident => incident.Id).ToListAsync(Cancellation);
        Assert.Equal([ended, began.AddMinutes(41), whole.AddMinutes(1)], incidents.Select(incident => incident.EndedAt));
        Assert.Equal([began, whole], incidents.Skip(1).Select(incident => incident.BeganAt));
    }

    [Fact]
    public async Task An_incident_of_a_target_that_was_deleted_in_SQL_ends()
    {
        await _store.AddAsync("x", frequency: 60);
        var began = await ProbeAsync(fails: true);
        var other = await _store.AddAsync("y", frequency: 60);
        await using var db = _store.Open();
        await db.Database.ExecuteSqlAsync($"DELETE FROM targets WHERE id <> {other}", Cancellation);

        Assert.False(await new Skypunch.Scheduler.History.OldHistory(db, Microsoft.Extensions.Options.Options.Create(new SchedulerOptions()), _store.Clock).EndOrphansAsync(Cancellation));

        var incident = Assert.Single(await db.Incidents.AsNoTracking().ToListAsync(Cancellation));
        Assert.Equal((began, _store.Clock.GetUtcNow()), (incident.BeganAt, incident.EndedAt));
    }

    [Fact]
    public async Task What_is_stored_of_an_hour_twice_is_added()
    {
        var rows = new ClosedHistory();
        rows.Hours.Add(new TargetHour { Hour = 5, TargetId = 7, Passes = 1, Fails = 2, Missed = 3, CoveredMs = 3_000_000, FailingMs = 10, Latency = [9, 1], Reasons = null, Phases = [0, 200, 1] });
        await using var db = _store.Open();
        for (var times = 0; times < 2; times++)
        {
            await using var transaction = await db.Database.BeginLockingAsync(Cancellation);
            await Skypunch.Scheduler.Store.HistoryInserts.RunAsync(db, rows, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        var hour = Assert.Single(await HoursAsync());
        Assert.Equal((2, 4, 6, 3_600_000, 20), (hour.Passes, hour.Fails, hour.Missed, hour.CoveredMs, hour.FailingMs));
        Assert.Equal([9, 1, 9, 1], hour.Latency!);
        Assert.Equal([0, 200, 1, 0, 200, 1], hour.Phases!);
    }

    // Probes at the next slot. A lost probe has no result, and is given up by the claim after its lease.
    private async Task<DateTimeOffset> ProbeAsync(bool lost = false, bool fails = false)
    {
        var job = await NextJobAsync();
        if (!lost)
        {
            await _store.FoldAsync(fails ? SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) : SchedulerStore.Result(job));
        }

        return job.Slot;
    }

    // Writes results, a minute apart, as the release before the history does: its own columns only. The status changes with the first of them.
    private async Task<DateTimeOffset> ProbeAsOfOldAsync(int passes, int fails, TargetStatus status)
    {
        var (first, count) = ((await NextJobAsync()).Slot, passes + fails);
        await using var db = _store.Open();
        var target = await db.Targets.SingleAsync(Cancellation);
        var history = target.History;
        (target.StatusSince, target.Status) = (target.Status == status ? target.StatusSince : first, status);
        (target.PassCount, target.FailCount) = (target.PassCount + passes, target.FailCount + fails);
        (target.RepeatedPasses, target.RepeatedFails) = status is TargetStatus.Pass ? (passes, 0) : (0, fails);
        (target.LastSlotAt, target.NextProbeAt) = (first.AddMinutes(count - 1), first.AddMinutes(count));
        (target.InFlightSlotAt, target.InFlightUntil) = (null, null);
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal(history, (await _store.ReadAsync(target.Id)).History);
        return first;
    }

    private async Task<ProbeJob> NextJobAsync()
    {
        await using (var db = _store.Open())
        {
            var next = await db.Targets.Select(target => target.NextProbeAt).SingleAsync(Cancellation);
            _store.Clock.SetUtcNow(next ?? SchedulerStore.Noon);
        }

        return Assert.Single(await _store.ClaimAsync()).Job;
    }

    private async Task<List<TargetHour>> HoursAsync()
    {
        await using var db = _store.Open();
        return await db.TargetHours.AsNoTracking().OrderBy(hour => hour.Hour).ToListAsync(Cancellation);
    }
}
