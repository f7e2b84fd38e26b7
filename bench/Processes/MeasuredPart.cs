namespace Skypunch.Bench.Processes;

/// <summary>A part of a system whose CPU time and memory are measured: a service, or the processes of a container.</summary>
/// <param name="Name">The name of the part in the figures.</param>
/// <param name="ProcessId">The first process of the part.</param>
/// <param name="IsOurs">True for a service of Skypunch, false for MySQL and RabbitMQ.</param>
internal sealed record MeasuredPart(string Name, int ProcessId, bool IsOurs = true)
{
    /// <summary>The CPU time that the part has used until now.</summary>
    public TimeSpan CpuTime() => ProcFile.Tree(ProcessId).Aggregate(TimeSpan.Zero, (sum, pid) => sum + ProcFile.CpuTime(pid));

    /// <summary>The highest resident memory, in MB.</summary>
    public double PeakMegabytes() => ProcFile.Tree(ProcessId).Sum(ProcFile.PeakMemory) / 1e6;
}
