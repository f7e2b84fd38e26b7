using Skypunch.Contracts;

namespace Skypunch.Notifier.Channels;

/// <summary>What is to be said of a digest as a whole, in whatever channel. Pure.</summary>
/// <param name="parts">The changes of the digest.</param>
internal sealed class DigestSummary(IReadOnlyList<DigestPart> parts)
{
    /// <summary>The failures, the earliest first.</summary>
    public IReadOnlyList<DigestPart> Failed { get; } = [.. parts.Where(part => part.Change.To != "PASS").OrderBy(part => part.Change.At)];

    /// <summary>The recoveries, the earliest first.</summary>
    public IReadOnlyList<DigestPart> Recovered { get; } = [.. parts.Where(part => part.Change.To == "PASS").OrderBy(part => part.Change.At)];

    /// <summary>All changes, the failures first.</summary>
    public IEnumerable<TargetStatusChanged> Changes => Failed.Concat(Recovered).Select(part => part.Change);

    /// <summary>How many failures have which reason, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Reasons { get; } =
    [
        .. parts.Where(part => part.Change.To != "PASS").CountBy(part => part.Change.Reason)
            .OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal),
    ];

    public DateTimeOffset Earliest { get; } = parts.Min(part => part.Change.At);

    public DateTimeOffset Latest { get; } = parts.Max(part => part.Change.At);
}
