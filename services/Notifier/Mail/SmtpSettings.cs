using System.Text;

namespace Skypunch.Notifier.Mail;

/// <summary>How mail is handed in: a notifier's parameters, checked. See <see cref="SmtpParameters"/> for their text.</summary>
internal sealed record SmtpSettings
{
    public required string Server { get; init; }

    public required int Port { get; init; }

    public required SmtpSecurity Security { get; init; }

    /// <summary>Whom to log in as; null: nobody, and then there is no password either.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender's address; null: see <see cref="Sender"/>.</summary>
    public string? From { get; init; }

    /// <summary>A PEM file with the certificates that are trusted instead of the machine's; null: the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether the server's certificate must be good.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>The address that mail comes from: the one given, else the user if it is one, else skypunch at this machine.</summary>
    public string Sender(string hostName)
        => From ?? (User is { } user && MailAddresses.IsOne(user) ? user : $"skypunch@{hostName}");

    // The password is in no log and no message.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Server = ").Append(Server).Append(", Port = ").Append(Port).Append(", Security = ").Append(Security);
        return true;
    }
}
