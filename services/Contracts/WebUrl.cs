using System.Buffers;
using System.Net;

namespace Skypunch.Contracts;

/// <summary>
/// Reads the URL of a web server: a target's, a redirect's, one of a catalog. The one place that says which can be asked for; a URL that is not read here may throw
/// at its first use, as <see cref="Uri"/> checks a name only when it is to be translated.
/// </summary>
public static class WebUrl
{
    private const int LongestHost = 253; // as DNS has it

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\?#:@[]");

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="url">The URL, where nothing or only its credentials are wrong with it.</param>
    public static UrlFault Read(string? text, out Uri? url) => Uri.TryCreate(WithZone(text), UriKind.Absolute, out url) ? Check(ref url) : UrlFault.NoUrl;

    /// <summary>Reads what a redirect says: a URL, or the part of one that differs.</summary>
    /// <param name="from">The URL that is redirected.</param>
    /// <param name="text">What it says.</param>
    /// <param name="url">As before.</param>
    public static UrlFault Read(Uri from, string? text, out Uri? url) => Uri.TryCreate(from, WithZone(text), out url) ? Check(ref url) : UrlFault.NoUrl;

    /// <summary>A host's name as DNS and TLS know it, such as <c>xn--bcher-kva.example</c> for <c>bücher.example</c>; an address as it is. Null: it is neither.</summary>
    public static string? AsciiName(string name)
        => IPAddress.TryParse(name, out _) ? name : !name.AsSpan().ContainsAny(NotInNames) && Read($"http://{name}/", out var url) is UrlFault.None ? url!.IdnHost : null;

    private static UrlFault Check(ref Uri? url)
    {
        var fault = FaultOf(url!);
        url = fault is UrlFault.None or UrlFault.Credentials ? url : null;
        return fault;
    }

    private static UrlFault FaultOf(Uri url)
    {
        if (url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return UrlFault.NoUrl;
        }

        return AsciiHost(url) switch
        {
            null => UrlFault.NoHostName,
            { Length: 0 } => UrlFault.NoUrl,
            { Length: > LongestHost } => UrlFault.LongHostName,
            _ when url.UserInfo.Length > 0 => UrlFault.Credentials,
            _ => url.Port == 0 ? UrlFault.PortZero : UrlFault.None,
        };
    }

    // Null: the name cannot be translated into one that DNS knows.
    private static string? AsciiHost(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // In a URL the zone of an IPv6 address stands behind "%25" (RFC 6874, section 2); Uri knows it behind the bare "%" only.
    private static string? WithZone(string? text)
    {
        var open = text?.IndexOf("//[", StringComparison.Ordinal) ?? -1;
        if (open < 0 || open != text!.IndexOf("//", StringComparison.Ordinal))
        {
            return text;
        }

        var close = text.IndexOf(']', open);
        var zone = text.IndexOf("%25", open, StringComparison.Ordinal);
        return zone > 0 && close > zone + 3 ? $"{text[..zone]}%{text[(zone + 3)..]}" : text;
    }
}

/// <summary>What is wrong with a URL.</summary>
public enum UrlFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no URL, or not one of http or https.</summary>
    NoUrl,

    /// <summary>Its host name cannot be a name of DNS, such as <c>xn--ß</c>.</summary>
    NoHostName,

    /// <summary>Its host name is longer than DNS allows.</summary>
    LongHostName,

    /// <summary>It has a user, and perhaps a password, in it.</summary>
    Credentials,

    /// <summary>It has the port 0.</summary>
    PortZero,
}
