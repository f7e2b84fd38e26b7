using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Reports;

/// <summary>The findings of a run.</summary>
internal sealed record RunReport
{
    /// <summary>The name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary><c>standalone</c> or <c>distributed</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>When the run took place.</summary>
    public required DateTimeOffset At { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>What was seen of Skypunch; null if the procedure has only <see cref="Facts"/>.</summary>
    public Watched? Skypunch { get; init; }

    /// <summary>What was seen of the bare loop with the same probes; null if the loop was not run.</summary>
    public Watched? Bare { get; init; }

    /// <summary>From a failing answer to its mail; null if no target failed.</summary>
    public MailDelays? FailureMails { get; init; }

    /// <summary>From the first good answer after a failure to its mail; null if no target recovered.</summary>
    public MailDelays? RecoveryMails { get; init; }

    /// <summary>Other findings of the procedure, each under a name that includes the unit.</summary>
    public IReadOnlyDictionary<string, double> Facts { get; init; } = new Dictionary<string, double>();

    /// <summary>The CPU time per probe of Skypunch's services, as a multiple of the bare loop's; null without a bare loop.</summary>
    public double? CpuRatio => Ratio(Skypunch?.OurCpuPer1000, Bare?.OurCpuPer1000);

    /// <summary>The CPU time per probe of MySQL and RabbitMQ, as a multiple of the bare loop's; null without a bare loop.</summary>
    public double? BackendCpuRatio => Ratio(Skypunch?.BackendCpuPer1000, Bare?.OurCpuPer1000);

    private static double? Ratio(double? ours, double? bare) => ours is { } o && bare is > 0 and { } b ? Math.Round(o / b, 2) : null;
}

/// <summary>What was seen of one system in the window.</summary>
internal sealed record Watched
{
    /// <summary>The length of the window.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of requests in the window.</summary>
    public required int Probes { get; init; }

    /// <summary>The punctuality of all targets.</summary>
    public required Punctuality All { get; init; }

    /// <summary>The punctuality of the targets that answer; null if all targets answer.</summary>
    public Punctuality? Healthy { get; init; }

    /// <summary>What the system's processes used.</summary>
    public required IReadOnlyList<Usage> Usage { get; init; }

    /// <summary>The number of slots that Skypunch itself counted as missed; null for the bare loop.</summary>
    public long? Missed { get; init; }

    /// <summary>The CPU seconds per 1,000 requests of the web server, which is not measured but shares the cores.</summary>
    public required double WebServerCpuPer1000 { get; init; }

    /// <summary>The CPU seconds per 1,000 probes of Skypunch's services.</summary>
    public double OurCpuPer1000 => Math.Round(Usage.Where(usage => usage.IsOurs).Sum(usage => usage.CpuSecondsPer1000), 3);

    /// <summary>The CPU seconds per 1,000 probes of MySQL and RabbitMQ.</summary>
    public double BackendCpuPer1000 => Math.Round(Usage.Where(usage => !usage.IsOurs).Sum(usage => usage.CpuSecondsPer1000), 3);
}
