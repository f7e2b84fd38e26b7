using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>Where a redirect leads (RFC 9110, section 15.4). Pure.</summary>
internal static class Redirect
{
    /// <summary>Whether a status is a redirect that can be followed. A 300 is none: it lists choices.</summary>
    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The next hop, or why there is none.</summary>
    /// <param name="hop">The hop that was redirected.</param>
    /// <param name="origin">The target's own URL: what is the target's alone goes to that host only.</param>
    /// <param name="status">The status of the redirect.</param>
    /// <param name="location">Its Location.</param>
    public static (HttpHop? Next, ProbeFailure? Failure) Follow(HttpHop hop, Uri origin, int status, string? location)
    {
        if (string.IsNullOrWhiteSpace(location))
        {
            return Fails($"the {status} redirects to nowhere: it has no Location");
        }

        var fault = WebUrl.Read(hop.Url, location.Trim(), out var url);
        if (fault is not UrlFault.None || url is null)
        {
            return Fails($"the {status} redirects to {Words.Quote(SafeUrl.Of(location))}, {WordsOf(fault)}");
        }

        var isRewritten = status == 303 || (status is 301 or 302 && hop.Method == HttpMethod.Post);
        var method = isRewritten && hop.Method != HttpMethod.Head ? HttpMethod.Get : hop.Method;
        var body = method == hop.Method ? hop.Body : null;
        if (hop.IsOfTarget && IsSameHost(url, origin))
        {
            return (Hop(hop.Headers, hop.Tls, isOfTarget: true), null);
        }

        return body is null
            ? (Hop([], hop.Tls.ForAnotherHost(), isOfTarget: false), null)
            : Fails($"the {status} wants the request's body at another host, {url.Authority}");

        HttpHop Hop(IReadOnlyList<KeyValuePair<string, string>> headers, TlsSettings tls, bool isOfTarget) => new()
        {
            Url = url,
            IsOfTarget = isOfTarget,
            Method = method,
            Headers = headers,
            Body = body,
            ContentType = hop.ContentType,
            IsHttp2 = hop.IsHttp2,
            IpFamily = hop.IpFamily,
            Tls = tls,
            UseOfBody = isOfTarget ? hop.UseOfBody : status => ForAnotherHost(hop.UseOfBody(status)),
        };
    }

    // What another host says is judged where the target asks for that, but not shown: a redirect must not make a Prober read a page to somebody who cannot reach it.
    private static BodyUse ForAnotherHost(BodyUse use) => use is BodyUse.Excerpt ? BodyUse.Time : use;

    private static string WordsOf(UrlFault fault) => fault switch
    {
        UrlFault.Credentials => "which has a user and password in it: a probe sends none that it has not been given",
        UrlFault.NoHostName => "whose host name cannot be one of DNS",
        UrlFault.LongHostName => "whose host name is longer than 253 characters",
        UrlFault.PortZero => "which has the port 0",
        _ => "which is no http or https URL",
    };

    // The same scheme, host and port, or the way from http to https that many hosts have.
    private static bool IsSameHost(Uri url, Uri origin)
        => string.Equals(url.IdnHost, origin.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((url.Scheme == origin.Scheme && url.Port == origin.Port) || (url is { Scheme: "https", Port: 443 } && origin is { Scheme: "http", Port: 80 }));

    private static (HttpHop?, ProbeFailure?) Fails(string words) => (null, new ProbeFailure(ProbeReasons.RedirectError, words));
}
