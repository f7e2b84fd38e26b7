using Skypunch.Contracts;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// A row of <c>target_traces</c>: what one probe of a target did. A target has at most one row of each kind; a newer trace replaces it.
/// </summary>
internal sealed class TargetTrace
{
    /// <summary>The last probe that failed.</summary>
    public const string Failure = "FAILURE";

    /// <summary>The probe that changed the status to what it is.</summary>
    public const string Change = "CHANGE";

    public required long TargetId { get; init; }

    /// <summary><see cref="Failure"/> or <see cref="Change"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When the probe began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="TracedProbe"/> as JSON.</summary>
    public required string Payload { get; init; }
}

/// <summary>A probe as its row stores it.</summary>
/// <param name="Prober">The Prober that made the probe.</param>
/// <param name="Result">What the probe found, with its trace.</param>
/// <param name="From">For a change: NEW, PASS or FAIL, the status before.</param>
/// <param name="To">For a change: PASS or FAIL, the status after.</param>
internal sealed record TracedProbe(string Prober, ProbeResult Result, string? From = null, string? To = null);
