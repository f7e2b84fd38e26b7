using Skypunch.Prober.Jobs;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Simulation;

/// <summary>A result on the way from a Prober to a Scheduler.</summary>
/// <param name="TargetId">The id of the target.</param>
/// <param name="ProbedAt">When the probe ended.</param>
/// <param name="Passed">Whether the probe passed.</param>
internal readonly record struct SimulatedResult(int TargetId, DateTimeOffset ProbedAt, bool Passed);

/// <summary>
/// A Prober: its probes take their time, and their results are published in batches by the rules of <see cref="ResultPublisher"/>.
/// </summary>
internal sealed class ProberModel(SimulationSettings settings, Timeline time, Random random, SimulationTally tally, Action<List<SimulatedResult>> publish)
{
    private List<SimulatedResult>? _open;
    private bool _isUrgent;

    /// <summary>Runs the jobs of a message.</summary>
    public void Run(IReadOnlyList<ClaimedJob> jobs)
    {
        foreach (var claimed in jobs)
        {
            var (id, passed) = ((int)claimed.Job.TargetId, random.NextDouble() >= settings.Failing);
            time.After(TimeSpan.FromMilliseconds(settings.ProbeMs * (0.5 + random.NextDouble())), () => Add(id, passed));
        }
    }

    private void Add(int id, bool passed)
    {
        if (_open is null)
        {
            (_open, _isUrgent) = ([], false);
            CloseAfter(ResultPublisher.Linger);
        }

        _open.Add(new SimulatedResult(id, time.Now, passed));
        if (_open.Count == ResultPublisher.BatchSize)
        {
            Close(_open);
        }
        else if (!passed && !_isUrgent)
        {
            _isUrgent = true;
            CloseAfter(ResultPublisher.UrgentLinger);
        }
    }

    private void CloseAfter(TimeSpan pause)
    {
        var batch = _open!;
        time.After(pause, () => Close(batch));
    }

    private void Close(List<SimulatedResult> batch)
    {
        if (_open == batch)
        {
            _open = null;
            tally.ResultsPublished();
            publish(batch);
        }
    }
}
