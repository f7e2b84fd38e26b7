namespace Skypunch.Bench.Processes;

/// <summary>A part of a system whose CPU time and memory are measured: a service, or the processes of a container.</summary>
/// <param name="Name">What the figures call it.</param>
/// <param name="ProcessId">Its first process.</param>
/// <param name="IsOurs">Whether it is one of our services, and not MySQL or RabbitMQ.</param>
internal sealed record MeasuredPart(string Name, int ProcessId, bool IsOurs = true)
{
    /// <summary>The CPU time used until now.</summary>
    public TimeSpan CpuTime() => ProcFile.Tree(ProcessId).Aggregate(TimeSpan.Zero, (sum, pid) => sum + ProcFile.CpuTime(pid));

    /// <summary>The most memory resident, in MB.</summary>
    public double PeakMegabytes() => ProcFile.Tree(ProcessId).Sum(ProcFile.PeakMemory) / 1e6;
}
