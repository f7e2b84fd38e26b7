using Skypunch.Bench.Micro;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Simulation;

/// <summary>
/// The claim and the release loop of one Scheduler. It follows <c>TargetClaimer</c>, <c>DueTargets</c> and <c>JobReleaser</c>, and uses
/// their own rules: <see cref="Slots"/>, <see cref="ReleaseQueue"/>, <see cref="JobBatches"/>.
/// </summary>
internal sealed class SchedulerModel
{
    private readonly SimulationSettings _settings;
    private readonly Timeline _time;
    private readonly DatabaseModel _database;
    private readonly TargetTable _table;
    private readonly SimulationTally _tally;
    private readonly Action<IReadOnlyList<ClaimedJob>> _publish;
    private readonly ReleaseQueue _queue = new();
    private readonly TimeSpan _frequency;
    private readonly TimeSpan _patience;

    /// <summary>Starts both loops, each at a random moment within its interval.</summary>
    public SchedulerModel(
        SimulationSettings settings,
        Timeline time,
        Random random,
        DatabaseModel database,
        TargetTable table,
        SimulationTally tally,
        Action<IReadOnlyList<ClaimedJob>> publish)
    {
        (_settings, _time, _database, _table, _tally, _publish) = (settings, time, database, table, tally, publish);
        _frequency = TimeSpan.FromSeconds(settings.Frequency);
        _patience = ProbeJobs.Wait(new Target { Name = "", Url = "", Frequency = settings.Frequency });
        time.After(random.NextDouble() * TimeSpan.FromMilliseconds(settings.ClaimIntervalMs), Claim);
        time.After(random.NextDouble() * TimeSpan.FromMilliseconds(settings.ReleaseIntervalMs), Release);
    }

    // Reads and locks the rows, books their slots, writes and commits; then claims again at once if there may be more due rows.
    private void Claim()
    {
        var now = _time.Now;
        var rows = _table.Take(now + TimeSpan.FromMilliseconds(_settings.LookAheadMs), _settings.ClaimBatchSize);
        var skipped = _table.Locked - rows.Count;
        var statement = TimeSpan.FromMilliseconds(_settings.TransactionMs / 2) + TimeSpan.FromMicroseconds(_settings.ClaimRowUs / 2 * rows.Count);
        _database.Run(statement + TimeSpan.FromMicroseconds(_settings.SkippedRowUs * skipped), () =>
            _time.After(TimeSpan.FromMicroseconds(_settings.SchedulerRowUs * rows.Count), () => _database.Run(statement, () => Commit(rows, now))));
    }

    private void Commit(List<int> rows, DateTimeOffset claimedAt)
    {
        var (jobs, missed) = (new List<ClaimedJob>(rows.Count), 0L);
        foreach (var id in rows)
        {
            var booking = Slots.Book(id, _frequency, _table.NextOf(id), claimedAt);
            _table.Book(id, booking.Next, isInFlight: booking.Slot is not null);
            missed += booking.Missed;
            if (booking.Slot is { } slot)
            {
                jobs.Add(new ClaimedJob(SampleJobs.Job(id, slot) with { Patience = _patience }, booking.ReleaseAt, _patience));
            }
        }

        _queue.Add(jobs);
        _tally.Claimed(rows.Count, missed);
        _tally.Queued(_queue.Count);
        _time.After(rows.Count == _settings.ClaimBatchSize ? TimeSpan.Zero : TimeSpan.FromMilliseconds(_settings.ClaimIntervalMs), Claim);
    }

    private void Release()
    {
        foreach (var message in JobBatches.Of(_queue.TakeDue(_time.Now), _settings.JobsPerMessage))
        {
            foreach (var claimed in message)
            {
                _tally.Released(claimed.Job.Slot);
            }

            _tally.JobsPublished();
            _publish(message);
        }

        _time.After(TimeSpan.FromMilliseconds(_settings.ReleaseIntervalMs), Release);
    }
}
