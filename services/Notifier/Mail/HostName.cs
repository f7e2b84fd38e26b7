namespace Skypunch.Notifier.Mail;

/// <summary>A host as DNS knows it. Pure.</summary>
internal static class HostName
{
    /// <summary>A name with its letters beyond ASCII as DNS has them (<c>xn--…</c>, RFC 5891), or an address; null: it is neither.</summary>
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
            return null; // it cannot be translated
        }
    }
}
