using System.Diagnostics.CodeAnalysis;
using MimeKit;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// A notifier's address: one mail address, or several with commas between, each with or without a name: <c>Ops &lt;ops@example.org&gt;</c>.
/// </summary>
internal static class MailAddresses
{
    /// <summary>
    /// The most characters that are read. A row edited by hand in SQL may have more, and the time to read grows faster than their number.
    /// </summary>
    public const int Longest = StoredNotifier.LongestAddress;

    /// <summary>Reads the addresses.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addresses">The addresses, at least one.</param>
    /// <param name="error">What is wrong, as the end of a sentence that begins with the field's name.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<MailboxAddress>? addresses,
        [NotNullWhen(false)] out string? error)
    {
        addresses = null;
        error = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            error = "must be a mail address, or several with commas between";
            return false;
        }

        if (text.Length > Longest)
        {
            error = $"must have at most {Longest} characters";
            return false;
        }

        if (text.Any(char.IsControl))
        {
            error = "must be on one line, without control characters";
            return false;
        }

        if (!InternetAddressList.TryParse(text, out var list) || list.Count == 0)
        {
            error = $"must be a mail address such as ops@example.org, or several with commas between, and '{text}' is not";
            return false;
        }

        if (list.FirstOrDefault(address => address is not MailboxAddress mailbox || !IsWhole(mailbox)) is { } bad)
        {
            error = $"has '{bad}', which is not a mail address such as ops@example.org";
            return false;
        }

        addresses = [.. list.Cast<MailboxAddress>().DistinctBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase)];
        return true;
    }

    /// <summary>Whether the text is one address.</summary>
    public static bool IsOne(string text) => TryParse(text, out var addresses, out _) && addresses.Count == 1;

    private static bool IsWhole(MailboxAddress mailbox)
        => mailbox.LocalPart.Length > 0
            && mailbox.Domain.Length > 0
            && !mailbox.Address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && (mailbox.Domain[0] == '[' || Uri.CheckHostName(mailbox.Domain) is UriHostNameType.Dns);
}
