namespace Skypunch.Faults.Ground;

/// <summary>The targets and notifiers of a trial.</summary>
internal sealed record TrialPlan
{
    /// <summary>The number of targets, each probed every second.</summary>
    public int Targets { get; init; } = 30;

    /// <summary>The timeout of the targets, in seconds. The default leaves room for a machine that stands still for a moment.</summary>
    public int Timeout { get; init; } = 5;

    /// <summary>How long the web server takes to answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The number of notifiers.</summary>
    public int Notifiers { get; init; } = 2;

    /// <summary>How many targets fail and recover at the same time during the fault.</summary>
    public int Flipping { get; init; } = 3;
}
