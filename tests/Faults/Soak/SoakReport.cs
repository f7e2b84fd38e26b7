using System.Globalization;
using System.Text;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>The table of a soak, and the resources that have grown too much. Pure.</summary>
internal static class SoakReport
{
    private const int RowsShown = 20;
    private const double Megabyte = 1_000_000;

    // A part has grown if its median in the last quarter of the soak exceeds that of the second quarter, when it was warm, by more than
    // this.
    private const double MemoryMayGrowBy = 80 * Megabyte;
    private const double ThreadsMayGrowBy = 25;
    private const double HandlesMayGrowBy = 100;

    // A Prober logs a line for each probe, a sender a few for each mail, and every part stack traces for each fault.
    private const long LogBytesAFault = 100_000;
    private const long LogBytesAProbe = 800;
    private const long LogBytesAMail = 2000;

    /// <summary>The samples as a Markdown table.</summary>
    public static string Table(IReadOnlyList<SoakSample> samples)
    {
        var parts = samples.SelectMany(sample => sample.Parts.Select(part => part.Part)).Distinct().ToList();
        var text = new StringBuilder($"| time | faults | {string.Join(" | ", parts.Select(part => $"{part}: MB, threads, handles, log MB"))} | queued | traces | changes | deliveries |\n");
        text.Append($"|---|---|{string.Concat(parts.Select(_ => "---|"))}---|---|---|---|\n");
        var step = Math.Max(1, samples.Count / RowsShown);
        foreach (var sample in samples.Where((_, i) => i % step == 0 || i == samples.Count - 1))
        {
            var cells = parts.Select(name => sample.Parts.FirstOrDefault(part => part.Part == name) is { } part
                ? string.Create(CultureInfo.InvariantCulture, $"{part.Memory / Megabyte:0}, {part.Threads}, {part.Handles}, {part.LogBytes / Megabyte:0.0}")
                : "away");
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {sample.At:hh\\:mm\\:ss} | {sample.Faults} | {string.Join(" | ", cells)} | {sample.Queued} | {sample.Traces} | {sample.Changes} | {sample.Deliveries} |\n");
        }

        return text.ToString();
    }

    /// <summary>Everything that has grown beyond its limit, each as a sentence.</summary>
    public static IEnumerable<string> Grown(IReadOnlyList<SoakSample> samples, IReadOnlyList<WatchedTarget> targets)
    {
        var warm = samples.Skip(samples.Count / 4).Take(Math.Max(1, samples.Count / 4)).ToList();
        var last = samples.TakeLast(Math.Max(1, samples.Count / 4)).ToList();
        foreach (var part in samples[^1].Parts)
        {
            foreach (var fault in Grown(part.Part, warm, last))
            {
                yield return fault;
            }

            var hasLogged = part.LogBytes - (samples[0].Parts.FirstOrDefault(first => first.Part == part.Part)?.LogBytes ?? 0);
            var mayLog = MayLog(part.Part, samples[^1], targets.Sum(target => (long)target.Page.Asked));
            if (hasLogged > mayLog)
            {
                yield return $"{part.Part} has logged {hasLogged} bytes; {mayLog} are allowed.";
            }
        }

        if (samples[^1].Traces is { } traces && traces > 2 * samples[^1].Changes)
        {
            yield return $"There are {traces} traces, more than two for each target.";
        }
    }

    private static long MayLog(string part, SoakSample last, long probes)
        => (LogBytesAFault * (last.Faults + 1))
            + (LogBytesAMail * (last.Deliveries ?? 0))
            + (part == "skypunchd" || part.StartsWith("Prober", StringComparison.Ordinal) ? LogBytesAProbe * probes : 0);

    private static IEnumerable<string> Grown(string part, List<SoakSample> warm, List<SoakSample> last)
    {
        (string Name, Func<PartSample, double> Of, double Limit)[] measures =
        [
            ("bytes of memory", sample => sample.Memory, MemoryMayGrowBy),
            ("threads", sample => sample.Threads, ThreadsMayGrowBy),
            ("handles", sample => sample.Handles, HandlesMayGrowBy),
        ];
        foreach (var (name, of, limit) in measures)
        {
            var (before, after) = (Median(warm, part, of), Median(last, part, of));
            if (after > before + limit)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{part} has grown from {before:0} to {after:0} {name}.");
            }
        }
    }

    private static double Median(List<SoakSample> samples, string part, Func<PartSample, double> of)
    {
        var values = samples.SelectMany(sample => sample.Parts).Where(sample => sample.Part == part).Select(of).Order().ToList();
        return values.Count == 0 ? double.PositiveInfinity : values[values.Count / 2];
    }
}
