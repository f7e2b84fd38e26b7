using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Channels;

/// <summary>A change in sentences that all channels use. All times are in UTC. Pure.</summary>
internal static class ChangeWords
{
    /// <summary>What a test message says.</summary>
    public const string Test = "This is a test message: Skypunch can reach you this way. Failures and recoveries of its targets will come to you like this.";

    /// <summary>The status that was before: <c>It had been PASS since 2026-03-01 12:00:00 UTC, for 2 d 3 h.</c></summary>
    public static string WhatWas(TargetStatusChanged change) => (change.From, change.Since) switch
    {
        ("NEW", _) => "It had not been probed before.",
        (var from, { } since) => $"It had been {from} since {Instant(since)}, for {SpokenDuration.Of(change.At - since)}.",
        (var from, null) => $"It had been {from} before.",
    };

    /// <summary>An instant to the second: <c>2026-03-01 12:00:00 UTC</c>.</summary>
    public static string Instant(DateTimeOffset instant)
        => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
