using Skypunch.Bench.Figures;
using Skypunch.Bench.Micro;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Simulation;

/// <summary>Runs a simulation: Schedulers, Probers and folds on one database, in simulated time. The same settings give the same figures.</summary>
internal static class SimulationRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    // A slot or a result that takes longer than this after the window would count as late in any case.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(3);

    public static SimulationFigures Of(SimulationSettings settings)
    {
        var time = new Timeline(SampleJobs.Noon);
        var window = new Window(time.Now + WarmUp, time.Now + WarmUp + TimeSpan.FromSeconds(settings.Seconds));
        var random = new Random(settings.Seed);
        var tally = new SimulationTally(time, window);
        var table = new TargetTable(settings, time.Now, window);
        var database = new DatabaseModel(settings, time, random, window);
        Start(settings, time, random, tally, table, database);

        time.RunUntil(window.To + Afterwards);
        return Figures(settings, tally, table, database);
    }

    private static void Start(SimulationSettings settings, Timeline time, Random random, SimulationTally tally, TargetTable table, DatabaseModel database)
    {
        var broker = TimeSpan.FromMilliseconds(settings.BrokerMs);
        var folds = new FoldModel(settings, time, database, table, tally);
        var probers = Enumerable.Range(0, settings.Probers)
            .Select(_ => new ProberModel(settings, time, random, tally, batch => time.After(broker, () => folds.Add(batch)))).ToArray();
        var turn = 0;
        for (var i = 0; i < settings.Schedulers; i++)
        {
            _ = new SchedulerModel(settings, time, random, database, table, tally, Publish); // the timeline holds it
        }

        void Publish(IReadOnlyList<ClaimedJob> jobs)
        {
            var prober = probers[turn++ % probers.Length];
            time.After(broker, () => prober.Run(jobs));
        }
    }

    private static SimulationFigures Figures(SimulationSettings settings, SimulationTally tally, TargetTable table, DatabaseModel database)
    {
        double PerSecond(long count) => (double)count / settings.Seconds;
        return new SimulationFigures(
            settings,
            table.Asked == 0 ? 1 : (double)tally.Late.Count(late => late <= Punctuality.Grace) / table.Asked,
            Distribution.Of(tally.Late),
            tally.Missed,
            PerSecond(tally.Claims),
            PerSecond(tally.EmptyClaims),
            tally.Claims == 0 ? 0 : (double)tally.ClaimedRows / tally.Claims,
            database.Busy.TotalSeconds / settings.Seconds / settings.DatabaseCores,
            PerSecond(tally.JobMessages),
            PerSecond(tally.ResultMessages),
            Distribution.Of(tally.UntilFolded),
            tally.LongestQueue,
            tally.LongestQueue * JobMemory.BytesOfOne() / 1e6);
    }
}
