namespace Skypunch.Scheduler.Model;

/// <summary>Whether a status change is told to the notifiers, as a stable code in <c>status_changes.decision</c>.</summary>
internal static class Decision
{
    /// <summary>It is told.</summary>
    public const string Told = "told";

    /// <summary>It is not told, since a maintenance window covers the target.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>A maintenance window covered the target; it was over, the target still failed, and that is told.</summary>
    public const string ToldLate = "told_late";

    /// <summary>A recovery that is not told, since the failure was not.</summary>
    public const string FailureUntold = "failure_untold";

    /// <summary>The longest code.</summary>
    public const int Longest = 16;

    /// <summary>Whether the notifiers are told of nothing.</summary>
    public static bool IsUntold(string? decision) => decision is Maintenance or FailureUntold;
}
