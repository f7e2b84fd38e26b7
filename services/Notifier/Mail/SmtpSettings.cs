using System.Text;

namespace Skypunch.Notifier.Mail;

/// <summary>How mail is handed in: a notifier's parameters, checked. See <see cref="SmtpParameters"/> for their text.</summary>
internal sealed record SmtpSettings
{
    /// <summary>The server's address, or its name as DNS has it.</summary>
    public required string Server { get; init; }

    public required int Port { get; init; }

    public required SmtpSecurity Security { get; init; }

    /// <summary>Whom to log in as; null: nobody, and then there is neither password nor token.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>An OAuth 2.0 access token, given instead of a password (XOAUTH2).</summary>
    public string? Token { get; init; }

    /// <summary>Whether a login may go over a connection without TLS, in one's own network.</summary>
    public bool PlainLogin { get; init; }

    /// <summary>The name that we bear before the server; null: see <see cref="HeloName"/>.</summary>
    public string? Helo { get; init; }

    /// <summary>The sender's address; null: see <see cref="Sender"/>.</summary>
    public string? From { get; init; }

    /// <summary>The certificates that are trusted instead of the machine's, see <see cref="SmtpAuthorities"/>; null: the machine's.</summary>
    public string? Ca { get; init; }

    /// <summary>Whether the server's certificate must be good.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Whether there is a login.</summary>
    public bool LogsIn => Password is not null || Token is not null;

    /// <summary>The address that mail comes from: the one given, else the user if it is one, else skypunch at this machine.</summary>
    public string Sender(string hostName)
        => From ?? (User is { } user && MailAddresses.IsOne(user) ? user : $"skypunch@{hostName}");

    // Password and token are in no log and no message.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Server = ").Append(Server).Append(", Port = ").Append(Port).Append(", Security = ").Append(Security);
        return true;
    }
}
