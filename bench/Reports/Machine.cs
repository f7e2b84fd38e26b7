using System.Globalization;
using System.Runtime.InteropServices;

namespace Skypunch.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
/// <param name="Cpu">Its model.</param>
/// <param name="Cores">How many the system shows.</param>
/// <param name="MemoryGigabytes">Its memory.</param>
/// <param name="System">The kernel.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="LoadBefore">The load of the last minute when the run began: more than about 0.3 means that others were at work.</param>
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
