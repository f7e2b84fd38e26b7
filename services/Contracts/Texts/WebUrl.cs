using System.Buffers;
using System.Net;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Reads the URL of a web server: of a target, of a redirect, of a service in a catalog. Only this class decides which URLs can be
/// requested. A URL that is not read here may throw at its first use, since <see cref="Uri"/> checks an international host name only when
/// it is converted to ASCII.
/// </summary>
public static class WebUrl
{
    private const int LongestHost = 253; // the limit of DNS

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\?#:@[]");

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The URL; null, unless nothing is wrong or the only fault is that it contains credentials.</param>
    public static UrlFault Read(string? text, out Uri? url) => Uri.TryCreate(WithZone(text), UriKind.Absolute, out url) ? Check(ref url) : UrlFault.NoUrl;

    /// <summary>Reads the location of a redirect: a URL, or a reference relative to the redirected URL.</summary>
    /// <param name="from">The URL that is redirected.</param>
    /// <param name="text">The location.</param>
    /// <param name="url">The URL; null, unless nothing is wrong or the only fault is that it contains credentials.</param>
    public static UrlFault Read(Uri from, string? text, out Uri? url) => Uri.TryCreate(from, WithZone(text), out url) ? Check(ref url) : UrlFault.NoUrl;

    /// <summary>
    /// A host name in the ASCII form that DNS and TLS use, such as <c>xn--bcher-kva.example</c> for <c>bücher.example</c>. An IP address
    /// stays as it is. Null: the text is neither.
    /// </summary>
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

    // Null: the name cannot be converted to the ASCII form that DNS uses.
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

    // In a URL the zone of an IPv6 address is separated by "%25" (RFC 6874, section 2), but Uri understands a bare "%" only.
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
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The text is no URL, or its scheme is neither http nor https.</summary>
    NoUrl,

    /// <summary>The host name is not valid in DNS, such as <c>xn--ß</c>.</summary>
    NoHostName,

    /// <summary>The host name is longer than DNS allows.</summary>
    LongHostName,

    /// <summary>The URL contains a user, and perhaps a password.</summary>
    Credentials,

    /// <summary>The port is 0.</summary>
    PortZero,
}
