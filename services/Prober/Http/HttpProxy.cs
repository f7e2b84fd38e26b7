using System.Net;
using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Http;

/// <summary>The proxy through which a target is probed. Not a record: its text would show the password.</summary>
internal sealed class HttpProxy
{
    private HttpProxy(ProxyUrl url)
    {
        Url = url.Url;
        if (url.User.Length > 0)
        {
            var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{url.User}:{url.Password}")); // RFC 7617, in UTF-8
            Authorization = $"Basic {token}";
            Secrets = [token, .. url.Password is { } password ? new[] { password } : []];
        }
    }

    /// <summary>The proxy's URL, without user and password.</summary>
    public Uri Url { get; }

    /// <summary>The value of Proxy-Authorization; null: the target has no user for the proxy.</summary>
    public string? Authorization { get; }

    /// <summary>What must be masked: the password and the header's token.</summary>
    public IReadOnlyList<string> Secrets { get; } = [];

    /// <summary>Reads the target's field; an empty text is no proxy.</summary>
    /// <param name="text">The text of <see cref="ProxyUrl"/>.</param>
    /// <param name="proxy">The proxy; null: there is none.</param>
    /// <returns>What is wrong, as the end of a sentence; null: nothing.</returns>
    public static string? Read(string text, out HttpProxy? proxy)
    {
        ProxyUrl? url = null;
        var fault = text.Length == 0 ? null : ProxyUrl.Read(text, out url);
        proxy = url is null ? null : new HttpProxy(url);
        return fault;
    }

    /// <summary>
    /// Whether the proxy is asked for a tunnel to the target, for TLS and HTTP/2. The proxy forwards a plain HTTP/1.1 request itself.
    /// </summary>
    public static bool Tunnels(HttpHop hop) => hop.Url.Scheme == Uri.UriSchemeHttps || hop.IsHttp2;

    /// <summary>The IP address in the URL; null: the URL has a name, which the proxy will resolve.</summary>
    public static IPAddress? AddressOf(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : null;
}
