using System.Globalization;
using System.Text;

namespace Skypunch.Prober.Http;

/// <summary>Writes an HTTP/1.1 request (RFC 9112). Pure.</summary>
internal static class Http1Request
{
    private static readonly HttpMethod[] WithBody = [HttpMethod.Put, HttpMethod.Post, HttpMethod.Patch];

    /// <summary>The bytes of the request, body included. PUT, POST and PATCH have an empty body where there is none.</summary>
    /// <exception cref="InvalidOperationException">A header would break the request. The headers of a target are checked before, so this is
    /// a fault of our own.</exception>
    public static byte[] Write(HttpHop hop)
    {
        var head = new StringBuilder(256);
        var forwardingProxy = hop.Proxy is { } proxy && !HttpProxy.Tunnels(hop) ? proxy : null;
        head.Append(hop.Method.Method).Append(' ');

        // To a proxy that forwards the request, the whole URL is sent (RFC 9112, section 3.2.2).
        head.Append(forwardingProxy is null ? "" : $"http://{HostOf(hop.Url)}").Append(hop.Url.PathAndQuery).Append(" HTTP/1.1\r\n");
        AddIfMissing(head, hop, "Host", HostOf(hop.Url));
        foreach (var (name, value) in hop.Headers)
        {
            Add(head, name, value);
        }

        if (forwardingProxy?.Authorization is { } authorization)
        {
            AddIfMissing(head, hop, "Proxy-Authorization", authorization);
        }

        foreach (var (name, value) in DefaultHeaders.All)
        {
            AddIfMissing(head, hop, name, value);
        }

        Add(head, "Connection", "close");
        if (hop.Body is not null)
        {
            AddIfMissing(head, hop, "Content-Type", hop.ContentType);
        }

        if (hop.Body is not null || WithBody.Contains(hop.Method))
        {
            Add(head, "Content-Length", (hop.Body?.Length ?? 0).ToString(CultureInfo.InvariantCulture));
        }

        head.Append("\r\n");
        var request = new byte[head.Length + (hop.Body?.Length ?? 0)];
        var length = Encoding.Latin1.GetBytes(head.ToString(), request);
        hop.Body?.CopyTo(request, length);
        return request;
    }

    /// <summary>Host and port as CONNECT needs them: always with the port.</summary>
    public static string AuthorityOf(Uri url) => url.IsDefaultPort ? string.Create(CultureInfo.InvariantCulture, $"{HostOf(url)}:{url.Port}") : HostOf(url);

    // An IPv6 address is written with brackets, and without the zone, which has a meaning on this machine alone (RFC 6874, section 4).
    private static string HostOf(Uri url)
    {
        var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{url.Port}");
    }

    private static void AddIfMissing(StringBuilder head, HttpHop hop, string name, string value)
    {
        foreach (var header in hop.Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        Add(head, name, value);
    }

    private static void Add(StringBuilder head, string name, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new InvalidOperationException($"The header {name} has a line break in it.");
        }

        head.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}
