using Skypunch.Contracts;

namespace Skypunch.Scheduler.Model.History;

/// <summary>What the history needs to know of a slot: a result, or that the slot was not probed.</summary>
internal readonly record struct HistoryInput
{
    /// <summary>The slot, as it is recorded.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>When the probe began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The result; null: the slot was not probed.</summary>
    public ProbeResult? Result { get; init; }

    /// <summary>Whether the result was judged: it is about the target as it is now.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The time between two slots, at least one second.</summary>
    public required TimeSpan Frequency { get; init; }

    /// <summary>The row's counters before the result.</summary>
    public required long PassesBefore { get; init; }

    /// <inheritdoc cref="PassesBefore"/>
    public required long FailsBefore { get; init; }

    /// <summary>The row's counter of missed slots, with this one where it was not probed.</summary>
    public required long Missed { get; init; }

    /// <summary>The status before the result.</summary>
    public required TargetStatus StatusBefore { get; init; }

    /// <summary>When that status began.</summary>
    public DateTimeOffset? SinceBefore { get; init; }

    /// <summary>The status after the result.</summary>
    public required TargetStatus StatusAfter { get; init; }
}
