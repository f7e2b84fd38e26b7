using System.Globalization;
using System.Runtime.InteropServices;

namespace Skypunch.Bench.Reports;

/// <summary>The machine on which the figures were measured.</summary>
/// <param name="Cpu">The model of the CPU.</param>
/// <param name="Cores">The number of cores that the system reports.</param>
/// <param name="MemoryGigabytes">The size of the memory.</param>
/// <param name="System">The kernel.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="LoadBefore">The load average of the last minute when the run began. More than about 0.3 means that other programs were
/// busy.</param>
internal sealed record Machine(string Cpu, int Cores, double MemoryGigabytes, string System, string Runtime, double LoadBefore)
{
    public static Machine OfThisRun() => new(
        FieldOf("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        Math.Round(double.Parse(FieldOf("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6, 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    private static string FieldOf(string file, string name)
        => File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':', 2)[1].Trim();
}
