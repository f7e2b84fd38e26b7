namespace Skypunch.Faults.Ground;

/// <summary>What a trial watches.</summary>
internal sealed record TrialPlan
{
    /// <summary>How many targets, each probed every second.</summary>
    public int Targets { get; init; } = 30;

    /// <summary>Their timeout in seconds. The usual one leaves room for a machine that stands still for a moment.</summary>
    public int Timeout { get; init; } = 5;

    /// <summary>How long their server takes to answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many notifiers are told.</summary>
    public int Notifiers { get; init; } = 2;

    /// <summary>How many targets fail and recover at a time while the fault lasts.</summary>
    public int Flipping { get; init; } = 3;
}
