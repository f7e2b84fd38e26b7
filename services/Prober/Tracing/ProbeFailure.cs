namespace Skypunch.Prober.Tracing;

/// <summary>Why a target failed: a value, never an exception.</summary>
/// <param name="Reason">One of <see cref="Contracts.ProbeReasons"/>.</param>
/// <param name="Words">The reason in words, on one line, with units.</param>
/// <param name="Advice">What the operator can do about it, in a sentence or two on one line; null where there is nothing to say.</param>
internal sealed record ProbeFailure(string Reason, string Words, string? Advice = null)
{
    /// <summary>Whether time alone is the cause, whatever the reason is: a latency that was too long.</summary>
    public bool IsOfTime { get; init; }

    /// <summary>
    /// Whether this process is known to have stood still during the login that failed. The login may have begun before this probe.
    /// </summary>
    public bool IsOfPause { get; init; }
}
