using System.Net;

namespace Skypunch.Notifier.Mail;

/// <summary>No recipient of a message is left: <see cref="SmtpConnection.Refused"/> says why.</summary>
internal sealed class NobodyLeftException : Exception;

/// <summary>A sender's address that the server cannot be told.</summary>
internal sealed class UnspeakableSenderException(string address) : Exception
{
    public string Address => address;
}

/// <summary>A login would go in clear to an address beyond one's own network.</summary>
internal sealed class PlainLoginException(IPAddress address) : Exception
{
    public IPAddress Address => address;
}
