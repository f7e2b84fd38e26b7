namespace Skypunch.Bench.Simulation;

/// <summary>
/// The folds of all Schedulers together: as many batches of results run at once as all Schedulers allow, each in one transaction.
/// </summary>
internal sealed class FoldModel(SimulationSettings settings, Timeline time, DatabaseModel database, TargetTable table, SimulationTally tally)
{
    private readonly Queue<List<SimulatedResult>> _waiting = new();
    private int _running;

    /// <summary>Queues a batch of results.</summary>
    public void Add(List<SimulatedResult> batch)
    {
        _waiting.Enqueue(batch);
        Start();
    }

    private void Start()
    {
        while (_running < settings.Schedulers * settings.FoldConcurrency && _waiting.TryDequeue(out var batch))
        {
            _running++;
            var traces = TimeSpan.FromMicroseconds(settings.TraceUs * batch.Count(result => !result.Passed));
            var statement = TimeSpan.FromMilliseconds(settings.TransactionMs / 2) + TimeSpan.FromMicroseconds(settings.FoldRowUs / 2 * batch.Count);
            database.Run(statement, () =>
                time.After(TimeSpan.FromMicroseconds(settings.SchedulerRowUs * batch.Count), () => database.Run(statement + traces, () => Commit(batch))));
        }
    }

    private void Commit(List<SimulatedResult> batch)
    {
        foreach (var result in batch)
        {
            table.CommitResult(result.TargetId);
            tally.Folded(result.ProbedAt);
        }

        _running--;
        Start();
    }
}
