using System.Text.Json;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Reports;

/// <summary>
/// Keeps the last results: <c>bench/results/SCENARIO-MODE.json</c>, and the tables between two markers in <c>bench/README.md</c>.
/// </summary>
internal static class ResultFiles
{
    private const string Begin = "<!-- results: written by '-- all' -->";
    private const string End = "<!-- end of results -->";

    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions File = new(Line) { WriteIndented = true };

    private static string Folder { get; } = Path.Combine(Programs.Repository, "bench", "results");

    /// <summary>A report as one line of JSON.</summary>
    public static string LineOf(RunReport report) => JsonSerializer.Serialize(report, Line);

    /// <summary>Writes the report to its file.</summary>
    public static async Task WriteAsync(RunReport report)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"{report.Scenario}-{report.Mode}.json");
        await System.IO.File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, File) + "\n");
    }

    /// <summary>The last report of a scenario; null if there is none.</summary>
    public static async Task<RunReport?> ReadAsync(string scenario, string mode)
    {
        var path = Path.Combine(Folder, $"{scenario}-{mode}.json");
        return System.IO.File.Exists(path) ? JsonSerializer.Deserialize<RunReport>(await System.IO.File.ReadAllTextAsync(path), File) : null;
    }

    /// <summary>Writes the tables of the reports into the README.</summary>
    public static async Task WriteReadmeAsync(IReadOnlyCollection<RunReport> reports)
    {
        var path = Path.Combine(Programs.Repository, "bench", "README.md");
        var text = await System.IO.File.ReadAllTextAsync(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new BenchException($"{path} has no place for the results. Add the lines {Begin} and {End}.");
        }

        // Figures of different machines go into separate tables.
        var sections = reports.GroupBy(report => report.Machine.Cpu).Select(machine => $"{Measured([.. machine])}\n\n{RunTables.Of([.. machine])}");
        await System.IO.File.WriteAllTextAsync(path, $"{text[..begin]}{Begin}\n\n{string.Join("\n", sections)}\n{text[end..]}");
    }

    private static string Measured(IReadOnlyCollection<RunReport> reports)
    {
        var machine = reports.First().Machine;
        var (first, last) = (reports.Min(report => report.At).Date, reports.Max(report => report.At).Date);
        return $"Measured on {first:yyyy-MM-dd}{(last > first ? $" to {last:yyyy-MM-dd}" : "")} on {machine.Cores} cores ({machine.Cpu}), {machine.MemoryGigabytes} GB, "
            + $"{machine.System}, {machine.Runtime}; load before the runs {reports.Min(report => report.Machine.LoadBefore)} "
            + $"to {reports.Max(report => report.Machine.LoadBefore)}.";
    }
}
