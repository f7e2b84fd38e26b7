namespace Skypunch.Bench.Scenarios;

/// <summary>How the web server answers a request for a target.</summary>
internal enum TargetKind
{
    /// <summary>Answers at once.</summary>
    Ok,

    /// <summary>Answers after 2 s.</summary>
    Slow,

    /// <summary>Never answers.</summary>
    Hang,
}

/// <summary>Several targets of one kind.</summary>
/// <param name="Count">The number of targets.</param>
/// <param name="Frequency">The time between two probes, in seconds.</param>
/// <param name="Kind">How the web server answers.</param>
/// <param name="Timeout">The timeout of a probe, in seconds.</param>
/// <param name="IsTls">Whether the targets are probed over TLS.</param>
internal sealed record TargetGroup(int Count, int Frequency, TargetKind Kind = TargetKind.Ok, int Timeout = 5, bool IsTls = false);
