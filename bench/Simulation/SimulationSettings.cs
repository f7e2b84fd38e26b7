using Skypunch.Scheduler.Model;

namespace Skypunch.Bench.Simulation;

/// <summary>
/// The settings of a simulation: the load, the number of each part, the Scheduler's own settings, and the cost of a transaction.
/// </summary>
internal sealed record SimulationSettings
{
    private static readonly SchedulerOptions Shipped = new();

    public int Targets { get; init; } = 1_000_000;

    /// <summary>The frequency of every target, in seconds.</summary>
    public int Frequency { get; init; } = 60;

    public int Schedulers { get; init; } = 2;

    public int Probers { get; init; } = 8;

    /// <summary>How long the loop is watched after its warm-up, in simulated time.</summary>
    public int Seconds { get; init; } = 30;

    public int Seed { get; init; } = 1;

    public int ClaimBatchSize { get; init; } = Shipped.ClaimBatchSize;

    public double ClaimIntervalMs { get; init; } = Shipped.ClaimInterval.TotalMilliseconds;

    public double LookAheadMs { get; init; } = Shipped.LookAhead.TotalMilliseconds;

    public double ReleaseIntervalMs { get; init; } = Shipped.ReleaseInterval.TotalMilliseconds;

    public int JobsPerMessage { get; init; } = Shipped.JobsPerMessage;

    public int FoldConcurrency { get; init; } = Shipped.FoldConcurrency;

    /// <summary>How many statements the database runs at once.</summary>
    public int DatabaseCores { get; init; } = 8;

    /// <summary>The database's fixed time for a transaction: its round trips and its commit.</summary>
    public double TransactionMs { get; init; } = 2;

    /// <summary>The database's time for a row of a claim, in microseconds.</summary>
    public double ClaimRowUs { get; init; } = 80;

    /// <summary>The database's time for a row of a fold, in microseconds.</summary>
    public double FoldRowUs { get; init; } = 55;

    /// <summary>The database's time for a row that it finds locked and skips, in microseconds.</summary>
    public double SkippedRowUs { get; init; } = 1;

    /// <summary>
    /// The share of probes that find that a target has gone down. Their results are published sooner, and each has a trace.
    /// </summary>
    public double Failing { get; init; }

    /// <summary>The database's time for a trace, in microseconds.</summary>
    public double TraceUs { get; init; } = 40;

    /// <summary>The Scheduler's own time for a row within a transaction, in microseconds. The row stays locked for that time.</summary>
    public double SchedulerRowUs { get; init; } = 30;

    /// <summary>The time that a message takes through the broker.</summary>
    public double BrokerMs { get; init; } = 2;

    /// <summary>The mean time of a probe. Times vary from half of the mean to one and a half times the mean.</summary>
    public double ProbeMs { get; init; } = 50;

    /// <summary>How long the database stops, once, after a third of the window.</summary>
    public double StallMs { get; init; }

    /// <summary>The number of targets that fall due in a second.</summary>
    public double Rate => (double)Targets / Frequency;
}
