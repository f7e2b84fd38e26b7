using System.Text.RegularExpressions;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// Whom a refusal concerns. A server may refuse us for our name, our address, our sender or a missing login, and often does so in the
/// answer to RCPT. Such a refusal says nothing of the recipient. Once an operator has removed its cause, the same delivery can succeed.
/// Pure.
/// </summary>
internal static partial class SmtpBlame
{
    // 530 authentication required, 534 mechanism too weak, 535 credentials invalid, 538 encryption required (RFC 4954, section 6).
    private static readonly int[] AboutTheLogin = [530, 534, 535, 538];

    /// <summary>Whether a refusal concerns us, and not the recipient or the message.</summary>
    /// <param name="statusCode">The reply's code.</param>
    /// <param name="reply">The reply's text.</param>
    public static bool IsAboutUs(int statusCode, string reply)
    {
        if (AboutTheLogin.Contains(statusCode))
        {
            return true;
        }

        if (EnhancedCode().Match(reply) is not { Success: true } code)
        {
            return OurPart().IsMatch(reply);
        }

        return (code.Groups["subject"].Value, code.Groups["detail"].Value) switch
        {
            ("5", _) => true, // the protocol, such as EHLO (RFC 3463, section 3.6)
            ("7", _) => !reply.Contains("recipient", StringComparison.OrdinalIgnoreCase), // policy (RFC 3463, section 3.8)
            ("1", "7" or "8") => true, // the sender's address
            _ => OurPart().IsMatch(reply),
        };
    }

    /// <summary>What an operator can do about a refusal that concerns us.</summary>
    public static string Hint(string reply)
    {
        if (reply.Contains("helo", StringComparison.OrdinalIgnoreCase) || reply.Contains("ehlo", StringComparison.OrdinalIgnoreCase))
        {
            return "Give a full name of this machine, which the server's resolver knows, as helo=NAME.";
        }

        return reply.Contains("sender", StringComparison.OrdinalIgnoreCase)
            ? "Give the address that the server lets you send from as from=ADDRESS."
            : "Give user and password, or have the server allow this machine to send.";
    }

    [GeneratedRegex(@"^\s*[245]\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})\b")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"\b(helo|ehlo|relay\w*|authenticat\w*|login|sender|client host|your (ip|host|address)|black ?list\w*|block ?list\w*|blocked|spf)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OurPart();
}
