using System.Globalization;
using Skypunch.Bench.Faults;

namespace Skypunch.Bench.Simulation;

/// <summary>An option of <c>simulate</c>, which sets a number of the <see cref="SimulationSettings"/>.</summary>
/// <param name="Name">The name, with its dashes.</param>
/// <param name="Meaning">The text for the help.</param>
/// <param name="Range">The smallest and the largest value.</param>
/// <param name="Get">Reads the number from the settings.</param>
/// <param name="Set">Changes the number in the settings.</param>
internal sealed record SimulationOption(
    string Name,
    string Meaning,
    (double From, double To) Range,
    Func<SimulationSettings, double> Get,
    Func<SimulationSettings, double, SimulationSettings> Set)
{
    /// <summary>All options.</summary>
    public static IReadOnlyList<SimulationOption> All { get; } =
    [
        new("--targets", "the number of targets", (1, 20_000_000), s => s.Targets, (s, n) => s with { Targets = (int)n }),
        new("--frequency", "the frequency of every target, in seconds", (1, 60), s => s.Frequency, (s, n) => s with { Frequency = (int)n }),
        new("--schedulers", "how many share the database", (1, 100), s => s.Schedulers, (s, n) => s with { Schedulers = (int)n }),
        new("--probers", "how many there are", (1, 1000), s => s.Probers, (s, n) => s with { Probers = (int)n }),
        new("--seconds", "how many seconds of simulated time are watched", (1, 600), s => s.Seconds, (s, n) => s with { Seconds = (int)n }),
        new("--database-cores", "how many statements the database runs at once", (1, 256), s => s.DatabaseCores, (s, n) => s with { DatabaseCores = (int)n }),
        new("--transaction-ms", "the database's time for a transaction", (0, 1000), s => s.TransactionMs, (s, n) => s with { TransactionMs = n }),
        new("--claim-row-us", "the database's time for a row of a claim", (0, 10_000), s => s.ClaimRowUs, (s, n) => s with { ClaimRowUs = n }),
        new("--fold-row-us", "the database's time for a row of a fold", (0, 10_000), s => s.FoldRowUs, (s, n) => s with { FoldRowUs = n }),
        new("--skipped-row-us", "the database's time for a locked row that it skips", (0, 10_000), s => s.SkippedRowUs, (s, n) => s with { SkippedRowUs = n }),
        new("--scheduler-row-us", "the Scheduler's time for a row, between reading and writing it", (0, 10_000), s => s.SchedulerRowUs, (s, n) => s with { SchedulerRowUs = n }),
        new("--stall-ms", "how long the database stops, once", (0, 60_000), s => s.StallMs, (s, n) => s with { StallMs = n }),
        new("--failing", "the share of probes that find that a target has gone down", (0, 1), s => s.Failing, (s, n) => s with { Failing = n }),
        new("--trace-us", "the database's time for a trace", (0, 10_000), s => s.TraceUs, (s, n) => s with { TraceUs = n }),
        new("--broker-ms", "the time of a message through the broker", (0, 1000), s => s.BrokerMs, (s, n) => s with { BrokerMs = n }),
        new("--probe-ms", "the mean time of a probe", (0, 20_000), s => s.ProbeMs, (s, n) => s with { ProbeMs = n }),
        new("--claim-batch", "Scheduler__ClaimBatchSize", (1, 10_000), s => s.ClaimBatchSize, (s, n) => s with { ClaimBatchSize = (int)n }),
        new("--claim-ms", "Scheduler__ClaimInterval", (50, 10_000), s => s.ClaimIntervalMs, (s, n) => s with { ClaimIntervalMs = n }),
        new("--look-ahead-ms", "Scheduler__LookAhead", (100, 30_000), s => s.LookAheadMs, (s, n) => s with { LookAheadMs = n }),
        new("--release-ms", "Scheduler__ReleaseInterval", (1, 1000), s => s.ReleaseIntervalMs, (s, n) => s with { ReleaseIntervalMs = n }),
        new("--jobs-per-message", "Scheduler__JobsPerMessage", (1, 1000), s => s.JobsPerMessage, (s, n) => s with { JobsPerMessage = (int)n }),
        new("--fold-concurrency", "Scheduler__FoldConcurrency", (1, 64), s => s.FoldConcurrency, (s, n) => s with { FoldConcurrency = (int)n }),
        new("--seed", "the seed of the random numbers: the same seed gives the same figures", (0, int.MaxValue), s => s.Seed, (s, n) => s with { Seed = (int)n }),
    ];

    /// <summary>The line of this option in the help.</summary>
    public string Help => $"{Name,-20} {Meaning} ({Get(new SimulationSettings()).ToString(CultureInfo.InvariantCulture)})";

    /// <summary>
    /// Reads the command line after the verb. If an option has several numbers, as in <c>1,2,4</c>, each number is simulated.
    /// </summary>
    /// <exception cref="BenchException">The command line is not understood.</exception>
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
