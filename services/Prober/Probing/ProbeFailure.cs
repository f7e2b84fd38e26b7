namespace Skypunch.Prober.Probing;

/// <summary>Why a target failed: a value, never an exception.</summary>
/// <param name="Reason">One of <see cref="Contracts.ProbeReasons"/>.</param>
/// <param name="Words">The same for a human, on one line, with units.</param>
/// <param name="Advice">What the operator can do about it, in a sentence or two on one line; null where there is nothing to say.</param>
internal sealed record ProbeFailure(string Reason, string Words, string? Advice = null)
{
    /// <summary>Whether time alone has decided, whatever the reason: a latency that was too long.</summary>
    public bool IsOfTime { get; init; }

    /// <summary>Whether this process is known to have stood still for it: a login that was made for several probes, of which this one may have begun later.</summary>
    public bool IsOfPause { get; init; }
}
