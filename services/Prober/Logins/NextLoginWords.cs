using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Logins;

/// <summary>What is said of a failed login to any kind of server. Pure.</summary>
internal static class NextLoginWords
{
    /// <summary>A failed login, with the time of the next one.</summary>
    public static ProbeFailure WithNextLogin(ProbeFailure failure, DateTimeOffset askAgainAt, DateTimeOffset now)
    {
        var left = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((askAgainAt - now).TotalSeconds)));
        var purpose = failure.Reason is ProbeReasons.AuthRejected ? ", so that the account is not locked" : "";
        var next = string.Create(
            CultureInfo.InvariantCulture,
            $"The next login is tried at {askAgainAt.UtcDateTime:HH:mm:ss} UTC (in {Words.Of(left)}){purpose}.");
        return failure with { Advice = failure.Advice is { } advice ? $"{advice} {next}" : next };
    }
}
