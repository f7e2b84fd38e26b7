using System.Globalization;

namespace Skypunch.Notifier.Channels;

/// <summary>A digest in words that all channels use. All times are in UTC. Pure.</summary>
internal static class DigestWords
{
    /// <summary>What happened: <c>812 targets have failed and 3 pass again</c>.</summary>
    public static string What(DigestSummary summary)
    {
        var (failed, recovered) = (summary.Failed.Count, summary.Recovered.Count);
        return (failed, recovered) switch
        {
            (0, _) => $"{Targets(recovered)} {(recovered == 1 ? "passes" : "pass")} again",
            (_, 0) => $"{Targets(failed)} {(failed == 1 ? "has" : "have")} failed",
            _ => $"{Targets(failed)} {(failed == 1 ? "has" : "have")} failed and {Number(recovered)} {(recovered == 1 ? "passes" : "pass")} again",
        };
    }

    /// <summary>When it happened: <c>at 2026-03-01 12:00:00 UTC</c>, or from when to when.</summary>
    public static string When(DigestSummary summary) => summary.Earliest == summary.Latest
        ? $"at {ChangeWords.Instant(summary.Earliest)}"
        : $"from {ChangeWords.Instant(summary.Earliest)} to {ChangeWords.Instant(summary.Latest)}";

    public static string Targets(int count) => $"{Number(count)} {(count == 1 ? "target" : "targets")}";

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
