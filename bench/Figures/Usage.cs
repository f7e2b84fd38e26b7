using Skypunch.Bench.Processes;

namespace Skypunch.Bench.Figures;

/// <summary>The CPU time and memory that a part used.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="IsOurs">True for a service of Skypunch, false for MySQL and RabbitMQ.</param>
/// <param name="CpuSeconds">The CPU seconds in the window.</param>
/// <param name="CpuSecondsPer1000">The CPU seconds per 1,000 probes.</param>
/// <param name="CoreShare">The share of one core that the part kept busy.</param>
/// <param name="PeakMegabytes">The highest resident memory since the part started, in MB.</param>
internal sealed record Usage(string Name, bool IsOurs, double CpuSeconds, double CpuSecondsPer1000, double CoreShare, double PeakMegabytes);

/// <summary>Measures what the parts use from the moment this meter is created.</summary>
internal sealed class UsageMeter(IReadOnlyList<MeasuredPart> parts)
{
    private readonly TimeSpan[] _before = [.. parts.Select(part => part.CpuTime())];

    /// <summary>What the parts have used since the meter was created.</summary>
    public IReadOnlyList<UsageReading> Read()
        => [.. parts.Select((part, i) => new UsageReading(part, part.CpuTime() - _before[i], part.PeakMegabytes()))];
}

/// <summary>What a part has used, before the number of probes is known.</summary>
internal sealed record UsageReading(MeasuredPart Part, TimeSpan Cpu, double PeakMegabytes)
{
    /// <summary>Converts the reading to figures.</summary>
    /// <param name="elapsed">How long the measurement took.</param>
    /// <param name="probes">How many probes were made in that time.</param>
    public Usage Per(TimeSpan elapsed, int probes) => new(
        Part.Name,
        Part.IsOurs,
        Math.Round(Cpu.TotalSeconds, 2),
        probes == 0 ? 0 : Math.Round(Cpu.TotalSeconds * 1000 / probes, 4),
        Math.Round(Cpu / elapsed, 4),
        Math.Round(PeakMegabytes, 1));
}
