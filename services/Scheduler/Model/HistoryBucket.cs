namespace Skypunch.Scheduler.Model;

/// <summary>What happened to a target in an hour or a day. The tallies are those of <see cref="History.Tally"/>; null: nothing is in them.</summary>
internal abstract class HistoryBucket
{
    /// <summary>The target's id. There is no foreign key: the history of a deleted target is kept until it is too old.</summary>
    public long TargetId { get; init; }

    /// <summary>Probes that passed.</summary>
    public int Passes { get; init; }

    /// <summary>Probes that failed.</summary>
    public int Fails { get; init; }

    /// <summary>Slots that were not probed.</summary>
    public int Missed { get; init; }

    /// <summary>The time in which a result says how the target was, in milliseconds.</summary>
    public int CoveredMs { get; init; }

    /// <summary>The part of that time after a failure and before the next pass, whether it became an incident or not, in milliseconds.</summary>
    public int FailingMs { get; init; }

    /// <summary>How many passed probes took how long, by the code of <see cref="History.LatencyCode"/>.</summary>
    public byte[]? Latency { get; init; }

    /// <summary>How many probes failed why, by the code of <see cref="History.ReasonCodes"/>.</summary>
    public byte[]? Reasons { get; init; }

    /// <summary>The time of all passed probes in each phase, in microseconds: 0 auth, 1 dns, 2 connect, 3 tls, 4 wait, 5 transfer.</summary>
    public byte[]? Phases { get; init; }
}

/// <summary>A row of <c>target_hours</c>. The key begins with the time, so that the rows of an hour that ends for all targets are appended to one end of the table.</summary>
internal sealed class TargetHour : HistoryBucket
{
    /// <summary>Hours since 1970 began, in UTC.</summary>
    public int Hour { get; init; }

    /// <summary>The hour with another time that is covered.</summary>
    public TargetHour With(int coveredMs, int failingMs) => new()
    {
        TargetId = TargetId,
        Hour = Hour,
        Passes = Passes,
        Fails = Fails,
        Missed = Missed,
        CoveredMs = coveredMs,
        FailingMs = failingMs,
        Latency = Latency,
        Reasons = Reasons,
        Phases = Phases,
    };
}

/// <summary>A row of <c>target_days</c>: the sums of a day's hours.</summary>
internal sealed class TargetDay : HistoryBucket
{
    /// <summary>Days since 1970 began, in UTC.</summary>
    public int Day { get; init; }
}
