using Skypunch.Prober.Jobs;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Simulation;

/// <summary>A result that is on its way.</summary>
/// <param name="TargetId">Whose it is.</param>
/// <param name="ProbedAt">When its probe ended.</param>
internal readonly record struct SimulatedResult(int TargetId, DateTimeOffset ProbedAt);

/// <summary>A Prober: its probes take their time, all of them pass, and their results leave together as <see cref="ResultPublisher"/> has it.</summary>
internal sealed class ProberModel(SimulationSettings settings, Timeline time, Random random, SimulationTally tally, Action<List<SimulatedResult>> publish)
{
    private List<SimulatedResult>? _open;

    /// <summary>Runs the jobs of a message.</summary>
    public void Run(IReadOnlyList<ClaimedJob> jobs)
    {
        foreach (var claimed in jobs)
        {
            var id = (int)claimed.Job.TargetId;
            time.After(TimeSpan.FromMilliseconds(settings.ProbeMs * (0.5 + random.NextDouble())), () => Add(new SimulatedResult(id, time.Now)));
        }
    }

    private void Add(SimulatedResult result)
    {
        if (_open is null)
        {
            List<SimulatedResult> opened = [];
            _open = opened;
            time.After(ResultPublisher.Linger, () => Close(opened));
        }

        _open.Add(result);
        if (_open.Count == ResultPublisher.BatchSize)
        {
            Close(_open);
        }
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
