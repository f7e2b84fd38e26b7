using System.Globalization;
using System.Net;

namespace Skypunch.Prober.Http;

/// <summary>
/// The cookies that the answers of one probe have set, for the next hops of its redirects (RFC 6265, section 5). A host sets cookies for
/// itself, or for a domain that it lies in and that is more than a top-level one. Nothing outlives the probe.
/// </summary>
/// <param name="learn">Called with each value, which must be masked: it may be that of a session.</param>
internal sealed class CookieJar(Action<string> learn)
{
    private const int Most = 50;
    private const int Longest = 4096;

    private static readonly string[] Dates = ["r", "ddd, dd-MMM-yyyy HH:mm:ss 'GMT'", "ddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd, dd MMM yy HH:mm:ss 'GMT'"];

    private readonly List<Cookie> _cookies = [];

    /// <summary>Keeps the cookies that an answer sets.</summary>
    /// <param name="url">The URL of the request.</param>
    /// <param name="lines">The values of the answer's Set-Cookie headers.</param>
    /// <param name="now">The time now: cookies that have expired are removed.</param>
    public void Keep(Uri url, IEnumerable<string> lines, DateTimeOffset now)
    {
        foreach (var cookie in lines.Where(line => line.Length <= Longest).Select(line => Read(url, line, now)).OfType<Cookie>())
        {
            _cookies.RemoveAll(known => (known.Name, known.Domain, known.Path) == (cookie.Name, cookie.Domain, cookie.Path));
            if (!cookie.IsOver && _cookies.Count < Most)
            {
                learn(cookie.Value);
                _cookies.Add(cookie);
            }
        }
    }

    /// <summary>The value of the Cookie header for a URL, with the target's own cookies first; null: there is nothing to send.</summary>
    /// <param name="url">The URL of the request.</param>
    /// <param name="own">The value that the target's own headers give; null: none.</param>
    public string? For(Uri url, string? own)
    {
        var kept = _cookies.Where(cookie => cookie.GoesTo(url)).OrderByDescending(cookie => cookie.Path.Length).ToList();
        var ours = (own ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => kept.TrueForAll(cookie => cookie.Name != pair.Split('=')[0].Trim())); // a cookie of the server replaces it
        var all = string.Join("; ", ours.Concat(kept.Select(cookie => cookie.Name.Length == 0 ? cookie.Value : $"{cookie.Name}={cookie.Value}")));
        return all.Length == 0 ? null : all;
    }

    private static Cookie? Read(Uri url, string line, DateTimeOffset now)
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        var equals = parts[0].IndexOf('=');
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts[1..])
        {
            var at = part.IndexOf('=');
            attributes[at < 0 ? part : part[..at].TrimEnd()] = at < 0 ? "" : part[(at + 1)..].TrimStart(); // the last one counts
        }

        var host = url.IdnHost;
        var domain = attributes.GetValueOrDefault("Domain", "").TrimStart('.').ToLowerInvariant();
        var isForDomain = domain.Length > 0 && domain != host;
        var path = attributes.GetValueOrDefault("Path", "") is ['/', ..] given ? given : DefaultPath(url);
        var isSecure = attributes.ContainsKey("Secure");
        return equals <= 0 || parts[0].Any(char.IsControl) || (isForDomain && !IsWithin(host, domain)) || (isSecure && url.Scheme != Uri.UriSchemeHttps)
            ? null
            : new Cookie(parts[0][..equals].Trim(), parts[0][(equals + 1)..].Trim(), domain.Length > 0 ? domain : host, domain.Length > 0, path, isSecure, IsOver(attributes, now));
    }

    private static bool IsOver(Dictionary<string, string> attributes, DateTimeOffset now)
    {
        if (attributes.TryGetValue("Max-Age", out var age) && long.TryParse(age, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= 0;
        }

        return attributes.TryGetValue("Expires", out var text)
            && DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) && end <= now;
    }

    // A domain of one label, such as "com", is everybody's. The list of all other such domains is not worth keeping for the time of a
    // probe.
    private static bool IsWithin(string host, string domain)
        => domain.Contains('.') && !IPAddress.TryParse(host, out _) && host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);

    private static string DefaultPath(Uri url) => url.AbsolutePath.LastIndexOf('/') is > 0 and var end ? url.AbsolutePath[..end] : "/";

    private sealed record Cookie(string Name, string Value, string Domain, bool IsForDomain, string Path, bool IsSecure, bool IsOver)
    {
        public bool GoesTo(Uri url)
        {
            var (host, path) = (url.IdnHost, url.AbsolutePath);
            return (host.Equals(Domain, StringComparison.OrdinalIgnoreCase) || (IsForDomain && IsWithin(host, Domain)))
                && path.StartsWith(Path, StringComparison.Ordinal)
                && (path.Length == Path.Length || Path[^1] == '/' || path[Path.Length] == '/')
                && (!IsSecure || url.Scheme == Uri.UriSchemeHttps);
        }
    }
}
