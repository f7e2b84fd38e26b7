using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Skypunch.Notifier.Channels.Webhook;

/// <summary>
/// The signature of Standard Webhooks (standardwebhooks.com), by which a receiver knows that a message is from this sender and new. While a
/// secret is replaced, a message is signed with both. Pure.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The headers of the signature.</summary>
    public static readonly IReadOnlyList<string> Names = [Timestamp, Header];

    private const string Timestamp = "webhook-timestamp";
    private const string Header = "webhook-signature";
    private const string Prefix = "whsec_";
    private const int Fewest = 24;
    private const int Most = 64;
    private const int MostSecrets = 5;

    /// <summary>What is wrong with secrets, as the end of a sentence that begins with the field's name; null: nothing.</summary>
    public static string? FaultOf(string secrets)
    {
        var all = Split(secrets);
        return all.Length > MostSecrets ? $"must have at most {MostSecrets} secrets in secret"
            : all.Length == 0 || all.Any(secret => KeyOf(secret) is null) ? $"must have {Prefix} and {Fewest} to {Most} bytes in base64 as secret, or several such with a blank between"
            : null;
    }

    /// <summary>The headers that sign a message.</summary>
    /// <param name="secrets">The secrets, which the check has passed.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="at">When it is sent. A receiver refuses a message that is minutes old.</param>
    /// <param name="body">The body.</param>
    public static IEnumerable<KeyValuePair<string, string>> Headers(string secrets, string id, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        var signatures = Split(secrets).Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret)!, signed))}");
        return [new(Timestamp, timestamp), new(Header, string.Join(' ', signatures))];
    }

    private static string[] Split(string secrets) => secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static byte[]? KeyOf(string secret)
    {
        var key = new byte[Most + 2]; // what base64 may decode to before it is too long
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= Fewest and <= Most
            ? key[..length]
            : null;
    }
}
