namespace Skypunch.Bench.Scenarios;

/// <summary>What a target does with a request.</summary>
internal enum TargetKind
{
    /// <summary>Answers at once.</summary>
    Ok,

    /// <summary>Answers after 2 s.</summary>
    Slow,

    /// <summary>Never answers.</summary>
    Hang,
}

/// <summary>Targets of one kind.</summary>
/// <param name="Count">How many.</param>
/// <param name="Frequency">The time between two probes, in seconds.</param>
/// <param name="Kind">What they do.</param>
/// <param name="Timeout">The most a probe may take, in seconds.</param>
/// <param name="IsTls">Whether they are asked over TLS.</param>
internal sealed record TargetGroup(int Count, int Frequency, TargetKind Kind = TargetKind.Ok, int Timeout = 5, bool IsTls = false);
