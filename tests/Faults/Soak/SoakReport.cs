using System.Globalization;
using System.Text;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>The table of a soak, and the resources that have grown too much. Pure.</summary>
internal static class SoakReport
{
    private const int RowsShown = 20;
    private static readonly TimeSpan WarmAfter = TimeSpan.FromMinutes(2);
    private const double Megabyte = 1_000_000;

    // A part has grown if its median in the last quarter of the soak exceeds that of the second quarter by more than this. The memory of a
    // process that has just started grows until the garbage collector has seen its load, so only processes that are warm are compared.
    // No process may exceed the most at any age.
    private const double MemoryMayGrowBy = 80 * Megabyte;
    private const double MostMemory = 400 * Megabyte;
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
            var cells = parts.Select(name => sample.Of(name) is { } part
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
        foreach (var name in samples[^1].Parts.Select(part => part.Part))
        {
            foreach (var fault in Grown(name, samples))
            {
                yield return fault;
            }

            var logged = samples[^1].Of(name)!.LogBytes - (samples[0].Of(name)?.LogBytes ?? 0);
            var mayLog = MayLog(name, samples[^1], targets.Sum(target => (long)target.Page.Asked));
            if (logged > mayLog)
            {
                yield return $"{name} has logged {logged} bytes; {mayLog} are allowed.";
            }

            if (samples.Max(sample => sample.Of(name)?.Memory ?? 0) is var most && most > MostMemory)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} has had {most / Megabyte:0} MB of memory; {MostMemory / Megabyte:0} are allowed.");
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

    private static IEnumerable<string> Grown(string name, IReadOnlyList<SoakSample> samples)
    {
        var quarter = Math.Max(1, samples.Count / 4);
        var early = samples.Skip(samples.Count / 4).Take(quarter).Select(sample => sample.Of(name)).OfType<PartSample>().ToList();
        var late = samples.TakeLast(quarter).Select(sample => sample.Of(name)).OfType<PartSample>().ToList();
        return
        [
            .. Grown(name, "bytes of memory", early.Where(IsWarm), late.Where(IsWarm), part => part.Memory, MemoryMayGrowBy),
            .. Grown(name, "threads", early, late, part => part.Threads, ThreadsMayGrowBy),
            .. Grown(name, "handles", early, late, part => part.Handles, HandlesMayGrowBy),
        ];
    }

    private static IEnumerable<string> Grown(string name, string what, IEnumerable<PartSample> early, IEnumerable<PartSample> late, Func<PartSample, double> of, double limit)
    {
        if (Median(early.Select(of)) is { } before && Median(late.Select(of)) is { } after && after > before + limit)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} has grown from {before:0} to {after:0} {what}.");
        }
    }

    private static bool IsWarm(PartSample part) => part.Age >= WarmAfter;

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
    }
}
