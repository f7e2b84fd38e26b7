using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Reports;

/// <summary>What a run has found.</summary>
internal sealed record RunReport
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>standalone or distributed.</summary>
    public required string Mode { get; init; }

    /// <summary>When it was run.</summary>
    public required DateTimeOffset At { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Skypunch; null where the procedure has only <see cref="Facts"/>.</summary>
    public Watched? Skypunch { get; init; }

    /// <summary>The bare loop doing the same; null where it was not run.</summary>
    public Watched? Bare { get; init; }

    /// <summary>From a failing answer to the mail; null where no target failed.</summary>
    public MailDelays? FailureMails { get; init; }

    /// <summary>From the first good answer after a failure to the mail; null where no target recovered.</summary>
    public MailDelays? RecoveryMails { get; init; }

    /// <summary>What else the procedure has found, by a name that tells the unit.</summary>
    public IReadOnlyDictionary<string, double> Facts { get; init; } = new Dictionary<string, double>();

    /// <summary>The CPU time per probe of our services, as a multiple of the bare loop's; null without one.</summary>
    public double? CpuRatio => Ratio(Skypunch?.OurCpuPer1000, Bare?.OurCpuPer1000);

    /// <summary>That of MySQL and RabbitMQ, as a multiple of the bare loop's; null without one.</summary>
    public double? BackendCpuRatio => Ratio(Skypunch?.BackendCpuPer1000, Bare?.OurCpuPer1000);

    private static double? Ratio(double? ours, double? bare) => ours is { } o && bare is > 0 and { } b ? Math.Round(o / b, 2) : null;
}

/// <summary>What was seen of one system in the window.</summary>
internal sealed record Watched
{
    /// <summary>The length of the window.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests in the window.</summary>
    public required int Probes { get; init; }

    /// <summary>All targets.</summary>
    public required Punctuality All { get; init; }

    /// <summary>Those that answer; null where all do.</summary>
    public Punctuality? Healthy { get; init; }

    /// <summary>What its processes used.</summary>
    public required IReadOnlyList<Usage> Usage { get; init; }

    /// <summary>Slots that Skypunch itself says nobody ran; null for the bare loop.</summary>
    public long? Missed { get; init; }

    /// <summary>What the web server took, in CPU seconds per 1,000 requests: it is not measured, but shares the cores.</summary>
    public required double WebServerCpuPer1000 { get; init; }

    /// <summary>The CPU seconds per 1,000 probes of our services.</summary>
    public double OurCpuPer1000 => Math.Round(Usage.Where(usage => usage.IsOurs).Sum(usage => usage.CpuSecondsPer1000), 3);

    /// <summary>The CPU seconds per 1,000 probes of MySQL and RabbitMQ.</summary>
    public double BackendCpuPer1000 => Math.Round(Usage.Where(usage => !usage.IsOurs).Sum(usage => usage.CpuSecondsPer1000), 3);
}
