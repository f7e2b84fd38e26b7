using System.Globalization;

namespace Skypunch.Bench.Simulation;

/// <summary>An option of <c>simulate</c>: a number of the <see cref="SimulationSettings"/>.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Meaning">For the help.</param>
/// <param name="Range">The least and the most that it may be.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Puts it in.</param>
internal sealed record SimulationOption(
    string Name,
    string Meaning,
    (double From, double To) Range,
    Func<SimulationSettings, double> Get,
    Func<SimulationSettings, double, SimulationSettings> Set)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SimulationOption> All { get; } =
    [
        new("--targets", "how many", (1, 20_000_000), s => s.Targets, (s, n) => s with { Targets = (int)n }),
        new("--frequency", "of every target, in seconds", (1, 60), s => s.Frequency, (s, n) => s with { Frequency = (int)n }),
        new("--schedulers", "side by side on one database", (1, 100), s => s.Schedulers, (s, n) => s with { Schedulers = (int)n }),
        new("--probers", "each of which batches its results", (1, 1000), s => s.Probers, (s, n) => s with { Probers = (int)n }),
        new("--seconds", "of simulated time", (1, 600), s => s.Seconds, (s, n) => s with { Seconds = (int)n }),
        new("--database-cores", "transactions at the same instant", (1, 256), s => s.DatabaseCores, (s, n) => s with { DatabaseCores = (int)n }),
        new("--transaction-ms", "the database's time for a transaction", (0, 1000), s => s.TransactionMs, (s, n) => s with { TransactionMs = n }),
        new("--claim-row-us", "the database's time for a row of a claim", (0, 10_000), s => s.ClaimRowUs, (s, n) => s with { ClaimRowUs = n }),
        new("--fold-row-us", "the database's time for a row of a fold", (0, 10_000), s => s.FoldRowUs, (s, n) => s with { FoldRowUs = n }),
        new("--skipped-row-us", "the database's time for a locked row", (0, 10_000), s => s.SkippedRowUs, (s, n) => s with { SkippedRowUs = n }),
        new("--scheduler-row-us", "the Scheduler's time for a row, between reading and writing it", (0, 10_000), s => s.SchedulerRowUs, (s, n) => s with { SchedulerRowUs = n }),
        new("--stall-ms", "for how long the database once takes up nothing", (0, 60_000), s => s.StallMs, (s, n) => s with { StallMs = n }),
        new("--failing", "the share of probes that find a target down that was up: these results hurry, with a trace each", (0, 1), s => s.Failing, (s, n) => s with { Failing = n }),
        new("--trace-us", "the database's time for a trace", (0, 10_000), s => s.TraceUs, (s, n) => s with { TraceUs = n }),
        new("--broker-ms", "a message's way", (0, 1000), s => s.BrokerMs, (s, n) => s with { BrokerMs = n }),
        new("--probe-ms", "a probe in the mean", (0, 20_000), s => s.ProbeMs, (s, n) => s with { ProbeMs = n }),
        new("--claim-batch", "Scheduler__ClaimBatchSize", (1, 10_000), s => s.ClaimBatchSize, (s, n) => s with { ClaimBatchSize = (int)n }),
        new("--claim-ms", "Scheduler__ClaimInterval", (50, 10_000), s => s.ClaimIntervalMs, (s, n) => s with { ClaimIntervalMs = n }),
        new("--look-ahead-ms", "Scheduler__LookAhead", (100, 30_000), s => s.LookAheadMs, (s, n) => s with { LookAheadMs = n }),
        new("--release-ms", "Scheduler__ReleaseInterval", (1, 1000), s => s.ReleaseIntervalMs, (s, n) => s with { ReleaseIntervalMs = n }),
        new("--jobs-per-message", "Scheduler__JobsPerMessage", (1, 1000), s => s.JobsPerMessage, (s, n) => s with { JobsPerMessage = (int)n }),
        new("--fold-concurrency", "Scheduler__FoldConcurrency", (1, 64), s => s.FoldConcurrency, (s, n) => s with { FoldConcurrency = (int)n }),
        new("--seed", "of the random numbers: the same one gives the same figures", (0, int.MaxValue), s => s.Seed, (s, n) => s with { Seed = (int)n }),
    ];

    /// <summary>How it is shown in the help.</summary>
    public string Help => $"{Name,-20} {Meaning} ({Get(new SimulationSettings()).ToString(CultureInfo.InvariantCulture)})";

    /// <summary>Reads the command line after the verb. Where an option has several numbers, as in <c>1,2,4</c>, each is simulated.</summary>
    /// <exception cref="BenchException">It cannot be understood.</exception>
    public static (IReadOnlyList<SimulationSettings> Runs, bool Sweep) Parse(IReadOnlyList<string> args)
    {
        var (runs, sweep) = (new List<SimulationSettings> { new() }, false);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--sweep")
            {
                sweep = true;
                continue;
            }

            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], args.ElementAtOrDefault(++i));
            var option = All.FirstOrDefault(option => option.Name == name) ?? throw new BenchException($"simulate does not know '{name}'; see --help.");
            var numbers = (value ?? "").Split(',').Select(option.Read).ToList();
            runs = [.. runs.SelectMany(run => numbers.Select(number => option.Set(run, number)))];
        }

        return (runs, sweep);
    }

    private double Read(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= Range.From && number <= Range.To
            ? number
            : throw new BenchException($"{Name} must be a number from {Range.From} to {Range.To}.");
}
