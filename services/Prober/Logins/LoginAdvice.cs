using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Logins;

/// <summary>What is said of a failed login, whatever the server is. Pure.</summary>
internal static class LoginAdvice
{
    /// <summary>A failed login with what is to be expected next.</summary>
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
