namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The name of a host as DNS has it. Pure.</summary>
internal static class HostName
{
    /// <summary>
    /// A name whose letters beyond ASCII are encoded as in DNS (<c>xn--…</c>, RFC 5891), or an IP address; null: the text is neither.
    /// </summary>
    public static string? Ascii(string host)
    {
        if (Uri.CheckHostName(host) is not UriHostNameType.Dns)
        {
            return Uri.CheckHostName(host) is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? host : null;
        }

        try
        {
            return Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var url) && url.IdnHost.Length is > 0 and <= 253 ? url.IdnHost : null;
        }
        catch (UriFormatException)
        {
            return null; // the name cannot be encoded
        }
    }
}
