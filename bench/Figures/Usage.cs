using Skypunch.Bench.Processes;

namespace Skypunch.Bench.Figures;

/// <summary>What a part used.</summary>
/// <param name="Name">The part.</param>
/// <param name="IsOurs">Whether it is one of our services, and not MySQL or RabbitMQ.</param>
/// <param name="CpuSeconds">CPU seconds in the window.</param>
/// <param name="CpuSecondsPer1000">CPU seconds per 1,000 probes.</param>
/// <param name="CoreShare">The share of a core that it kept busy.</param>
/// <param name="PeakMegabytes">The most memory resident since its start, in MB.</param>
internal sealed record Usage(string Name, bool IsOurs, double CpuSeconds, double CpuSecondsPer1000, double CoreShare, double PeakMegabytes);

/// <summary>Measures what some parts use from now on.</summary>
internal sealed class UsageMeter(IReadOnlyList<MeasuredPart> parts)
{
    private readonly TimeSpan[] _before = [.. parts.Select(part => part.CpuTime())];

    /// <summary>What was used since this was made.</summary>
    public IReadOnlyList<UsageReading> Read()
        => [.. parts.Select((part, i) => new UsageReading(part, part.CpuTime() - _before[i], part.PeakMegabytes()))];
}

/// <summary>What a part has used, before it is known for how many probes.</summary>
internal sealed record UsageReading(MeasuredPart Part, TimeSpan Cpu, double PeakMegabytes)
{
    /// <summary>As figures.</summary>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="probes">How many probes were made meanwhile.</param>
    public Usage Per(TimeSpan elapsed, int probes) => new(
        Part.Name,
        Part.IsOurs,
        Math.Round(Cpu.TotalSeconds, 2),
        probes == 0 ? 0 : Math.Round(Cpu.TotalSeconds * 1000 / probes, 4),
        Math.Round(Cpu / elapsed, 4),
        Math.Round(PeakMegabytes, 1));
}
