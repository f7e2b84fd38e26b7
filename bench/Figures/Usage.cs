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
    /// <param name="elapsed">How long ago that is.</param>
    public IReadOnlyList<(MeasuredPart Part, TimeSpan Cpu, double CoreShare, double PeakMegabytes)> Read(TimeSpan elapsed)
        => [.. parts.Select((part, i) => (part, part.CpuTime() - _before[i])).Select(p => (p.part, p.Item2, p.Item2 / elapsed, p.part.PeakMegabytes()))];

    /// <summary>The same as figures.</summary>
    /// <param name="readings">What <see cref="Read"/> gave.</param>
    /// <param name="probes">How many probes were made meanwhile.</param>
    public static IReadOnlyList<Usage> PerProbe(IEnumerable<(MeasuredPart Part, TimeSpan Cpu, double CoreShare, double PeakMegabytes)> readings, int probes)
        => [.. readings.Select(r => new Usage(
            r.Part.Name,
            r.Part.IsOurs,
            Math.Round(r.Cpu.TotalSeconds, 2),
            probes == 0 ? 0 : Math.Round(r.Cpu.TotalSeconds * 1000 / probes, 4),
            Math.Round(r.CoreShare, 4),
            Math.Round(r.PeakMegabytes, 1)))];
}
