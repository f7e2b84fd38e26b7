using System.Net;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>No recipient of a message is left: <see cref="SmtpConnection.Refused"/> says why.</summary>
internal sealed class NobodyLeftException : Exception;

/// <summary>The sender's address needs SMTPUTF8, which the server does not offer.</summary>
internal sealed class SenderNeedsUtf8Exception(string address) : Exception
{
    public string Address => address;
}

/// <summary>A mail server does not answer.</summary>
internal sealed class SilentServerException(TimeSpan waited, bool hadMessage) : Exception
{
    public TimeSpan Waited => waited;

    /// <summary>Whether the server had the whole message and only its acceptance was missing.</summary>
    public bool HadMessage => hadMessage;
}

/// <summary>The authorities that a notifier trusts cannot be read.</summary>
internal sealed class BadAuthoritiesException(Exception cause) : Exception(cause.Message, cause);

/// <summary>A login would go in clear to an address outside the operator's own network.</summary>
internal sealed class PlainLoginException(IPAddress address) : Exception
{
    public IPAddress Address => address;
}
