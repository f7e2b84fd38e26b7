namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>How the connection to a mail server is protected: the parameter <c>security</c>.</summary>
internal enum SmtpSecurity
{
    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>TLS begins with STARTTLS. A server that does not offer it is not used: there is no falling back.</summary>
    StartTls,

    /// <summary>No TLS: everybody between the Notifier and the server can read the mail.</summary>
    None,
}
