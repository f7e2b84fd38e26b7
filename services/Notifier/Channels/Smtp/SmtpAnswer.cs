namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The outcome of submitting a message, before it is judged.</summary>
internal sealed record SmtpAnswer
{
    /// <summary>The mail server has accepted the message for all recipients.</summary>
    public static readonly SmtpAnswer Accepted = new();

    /// <summary>What went wrong; null: the mail server has accepted the message.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Whether connecting and logging in had succeeded: what the mail server says after that is about a message.</summary>
    public bool WasOpen { get; init; }

    /// <summary>Whether the connection was protected by TLS.</summary>
    public bool WasSecure { get; init; }

    /// <summary>What is wrong with the certificate of the mail server, in words; null: nothing, or none was shown.</summary>
    public string? CertificateFault { get; init; }

    /// <summary>The recipients that the message does not go to.</summary>
    public IReadOnlyList<RefusedRecipient> Refused { get; init; } = [];

    /// <summary>The outcome of a step with a mail server.</summary>
    /// <param name="connection">The connection to the server.</param>
    /// <param name="fault">What went wrong; null: nothing.</param>
    public static SmtpAnswer Of(SmtpConnection connection, Exception? fault) => new()
    {
        Fault = fault,
        WasOpen = connection.IsOpen,
        WasSecure = connection.IsSecure,
        CertificateFault = connection.CertificateFault,
        Refused = [.. connection.Refused],
    };
}
