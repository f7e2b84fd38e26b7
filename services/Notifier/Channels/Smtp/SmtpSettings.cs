using System.Text;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>How mail is submitted: a notifier's parameters after their check. See <see cref="SmtpParameters"/> for their text.</summary>
internal sealed record SmtpSettings
{
    /// <summary>The server's address, or its name as DNS has it.</summary>
    public required string Server { get; init; }

    public required int Port { get; init; }

    public required SmtpSecurity Security { get; init; }

    /// <summary>Whom to log in as; null: there is no login, and neither password nor token.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>An OAuth 2.0 access token, given instead of a password (XOAUTH2).</summary>
    public string? Token { get; init; }

    /// <summary>Whether a login may go over a connection without TLS within the operator's own network.</summary>
    public bool PlainLogin { get; init; }

    /// <summary>The name for EHLO; null: see <see cref="HeloName"/>.</summary>
    public string? Helo { get; init; }

    /// <summary>The sender's address; null: see <see cref="Sender"/>.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The certificates that are trusted instead of the machine's, see <see cref="SmtpAuthorities"/>; null: the machine's.
    /// </summary>
    public string? Ca { get; init; }

    /// <summary>Whether the server's certificate must be good.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Whether there is a login.</summary>
    public bool LogsIn => Password is not null || Token is not null;

    /// <summary>The sender's address: <see cref="From"/>, else the user if that is a mail address, else skypunch at this machine.</summary>
    public string Sender(string hostName)
        => From ?? (User is { } user && MailAddresses.IsOne(user) ? user : $"skypunch@{hostName}");

    // Password and token must not get into a log or a message.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Server = ").Append(Server).Append(", Port = ").Append(Port).Append(", Security = ").Append(Security);
        return true;
    }
}
