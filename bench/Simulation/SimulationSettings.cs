using Skypunch.Scheduler;

namespace Skypunch.Bench.Simulation;

/// <summary>What is simulated: the load, how many of each part there are, the Scheduler's own settings, and what a transaction costs.</summary>
internal sealed record SimulationSettings
{
    private static readonly SchedulerOptions Shipped = new();

    public int Targets { get; init; } = 1_000_000;

    /// <summary>Of every target, in seconds.</summary>
    public int Frequency { get; init; } = 60;

    public int Schedulers { get; init; } = 2;

    public int Probers { get; init; } = 8;

    /// <summary>How long the loop is watched, in simulated time, after it has run in.</summary>
    public int Seconds { get; init; } = 30;

    public int Seed { get; init; } = 1;

    public int ClaimBatchSize { get; init; } = Shipped.ClaimBatchSize;

    public double ClaimIntervalMs { get; init; } = Shipped.ClaimInterval.TotalMilliseconds;

    public double LookAheadMs { get; init; } = Shipped.LookAhead.TotalMilliseconds;

    public double ReleaseIntervalMs { get; init; } = Shipped.ReleaseInterval.TotalMilliseconds;

    public int JobsPerMessage { get; init; } = Shipped.JobsPerMessage;

    public int FoldConcurrency { get; init; } = Shipped.FoldConcurrency;

    /// <summary>How many transactions the database works on at the same instant.</summary>
    public int DatabaseCores { get; init; } = 8;

    /// <summary>The database's time for a transaction as such: its journeys and its commit.</summary>
    public double TransactionMs { get; init; } = 2;

    /// <summary>The database's time for a row of a claim, in microseconds.</summary>
    public double ClaimRowUs { get; init; } = 80;

    /// <summary>The database's time for a row of a fold, in microseconds.</summary>
    public double FoldRowUs { get; init; } = 55;

    /// <summary>The database's time for a row that it finds locked and skips, in microseconds.</summary>
    public double SkippedRowUs { get; init; } = 1;

    /// <summary>The share of probes that find a target down that was up. Their results wait for less long, and bring a trace.</summary>
    public double Failing { get; init; }

    /// <summary>The database's time for a trace, in microseconds.</summary>
    public double TraceUs { get; init; } = 40;

    /// <summary>The Scheduler's own time for a row within a transaction, in microseconds; the row stays locked for it.</summary>
    public double SchedulerRowUs { get; init; } = 30;

    /// <summary>How long a message takes to the other side of the broker.</summary>
    public double BrokerMs { get; init; } = 2;

    /// <summary>How long a probe takes in the mean: from half of it to half as long again.</summary>
    public double ProbeMs { get; init; } = 50;

    /// <summary>For how long the database takes up nothing, once, after a third of the time.</summary>
    public double StallMs { get; init; }

    /// <summary>Targets that fall due in a second.</summary>
    public double Rate => (double)Targets / Frequency;
}
