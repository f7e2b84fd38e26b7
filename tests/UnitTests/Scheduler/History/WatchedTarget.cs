using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler.History;

/// <summary>A target with a history of many days in a store, and the same history result by result for comparison.</summary>
internal sealed class WatchedTarget(SchedulerStore store, long id, TimeSpan frequency)
{
    private readonly Random _random = new((int)id);
    private byte[]? _column;
    private TargetStatus _status = TargetStatus.New;
    private DateTimeOffset? _since;
    private IncidentRow? _open;

    public long Id { get; } = id;

    /// <summary>Each slot, and whether it passed; null: it was missed.</summary>
    public List<(DateTimeOffset Slot, bool? Passed)> Slots { get; } = [];

    /// <summary>Probes at each slot of a time: by chance it misses slots, and fails for a while.</summary>
    public async Task WatchAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using var db = store.Open();
        var closed = new ClosedHistory();
        var failingFor = 0;
        for (var slot = from; slot < to; slot += frequency)
        {
            failingFor = failingFor > 0 ? failingFor - 1 : _random.Next(150) == 0 ? _random.Next(1, 20) : 0;
            bool? passed = _random.Next(60) == 0 ? null : failingFor == 0;
            Apply(db, slot, passed, closed);
            Slots.Add((slot, passed));
        }

        await StoreAsync(db, closed);
    }

    private void Apply(SchedulerDb db, DateTimeOffset slot, bool? passed, ClosedHistory closed)
    {
        if (passed is null)
        {
            return; // the claim books it: the next result sees it in the counter
        }

        var after = passed.Value ? TargetStatus.Pass : TargetStatus.Fail;
        (_column, var incident) = TargetHistory.Apply(
            Id,
            _column,
            new HistoryInput
            {
                Slot = slot,
                StartedAt = slot,
                Result = new ProbeResult
                {
                    TargetId = Id,
                    Slot = slot,
                    StartedAt = slot,
                    Duration = TimeSpan.FromMilliseconds(20 + _random.Next(20)),
                    Reason = passed.Value ? ProbeReasons.Ok : ProbeReasons.ConnectTimeout,
                    Description = "",
                    Timings = ProbeTimings.None with { Wait = TimeSpan.FromMilliseconds(10) },
                },
                IsJudged = true,
                Frequency = frequency,
                PassesBefore = Count(true),
                FailsBefore = Count(false),
                Missed = Count(null),
                StatusBefore = _status,
                SinceBefore = _since,
                StatusAfter = after,
            },
            closed);
        (_since, _status) = (after == _status ? _since : slot, after);
        if (incident.ClosedAt is { } closedAt && _open is not null)
        {
            (_open.EndedAt, _open.LastReason) = (closedAt, incident.LastReason);
            if (_open.Id > 0)
            {
                db.Update(_open); // stored on an earlier day
            }
        }

        if (incident.OpenedAt is { } began)
        {
            _open = new IncidentRow { TargetId = Id, Name = $"target {Id}", BeganAt = began, DetectedAt = slot, Reason = incident.Reason, LastReason = incident.LastReason, Description = "" };
            db.Incidents.Add(_open);
        }
    }

    private long Count(bool? passed) => Slots.Count(slot => slot.Passed == passed);

    private async Task StoreAsync(SchedulerDb db, ClosedHistory closed)
    {
        await using var transaction = await db.Database.BeginLockingAsync(TestContext.Current.CancellationToken);
        await HistoryInserts.RunAsync(db, closed, TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await db.Targets.Where(target => target.Id == Id).ExecuteUpdateAsync(
            set => set.SetProperty(target => target.History, _column).SetProperty(target => target.Status, _status)
                .SetProperty(target => target.Reason, _status == TargetStatus.Pass ? ProbeReasons.Ok : ProbeReasons.ConnectTimeout),
            TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
