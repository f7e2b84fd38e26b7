using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Where a redirect leads (RFC 9110, section 15.4). Pure.</summary>
internal static class Redirect
{
    // These headers say how to answer, and nothing of who asks (RFC 9110, sections 10.1.5, 12.5 and 14.2; RFC 9111, section 5.2).
    private static readonly HashSet<string> ForAnybody = new(StringComparer.OrdinalIgnoreCase)
    {
        "User-Agent", "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Pragma", "Range",
    };

    /// <summary>Whether a status is a redirect that can be followed. A 300 is none: it lists choices.</summary>
    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Whether an answer is a redirect with a Location. A redirect without a Location is an answer like any other.</summary>
    public static bool Leads(Answer answer) => Is(answer.Status) && Locations(answer).Length > 0;

    /// <summary>The next hop, or why there is none.</summary>
    /// <param name="hop">The hop that was redirected.</param>
    /// <param name="origin">The target's own URL: secrets of the target go to that host alone.</param>
    /// <param name="answer">A redirect with a Location.</param>
    public static (HttpHop? Next, ProbeFailure? Failure) Follow(HttpHop hop, Uri origin, Answer answer)
    {
        var status = answer.Status;
        if (Locations(answer) is not [var location])
        {
            var places = Locations(answer).Take(3).Select(place => Words.Quote(SafeUrl.Of(place)));
            return Fails($"the {status} redirects to more than one place: {Words.List([.. places])}");
        }

        var fault = WebUrl.Read(hop.Url, location, out var url);
        if (fault is not UrlFault.None || url is null)
        {
            return Fails($"the {status} redirects to {Words.Quote(SafeUrl.Of(location))}, {WordsOf(fault)}");
        }

        var isRewritten = status == 303 || (status is 301 or 302 && hop.Method == HttpMethod.Post);
        var method = isRewritten && hop.Method != HttpMethod.Head ? HttpMethod.Get : hop.Method;
        var body = method == hop.Method ? hop.Body : null;
        if (hop.IsOfTarget && IsSameHost(url, origin))
        {
            return (Hop(body is null ? WithoutBody(hop.Headers) : hop.Headers, hop.Tls, isOfTarget: true), null);
        }

        return body is null
            ? (Hop(ForAnotherHost(hop.Headers), hop.Tls.ForAnotherHost(), isOfTarget: false), null)
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
            Proxy = hop.Proxy,
            Tls = tls,
            WishOfBody = isOfTarget ? hop.WishOfBody : status => ForAnotherHost(hop.WishOfBody(status)),
        };
    }

    // The answer of another host is judged where the target's assertions want that, but not shown: by a redirect, nobody may make a Prober
    // show a page that they cannot reach themselves.
    private static BodyWish ForAnotherHost(BodyWish wish) => wish.Use is BodyUse.Excerpt ? wish with { Use = BodyUse.Glance } : wish;

    // The same Location twice counts once.
    private static string[] Locations(Answer answer)
        => [.. answer.Values("Location").Select(location => location.Trim()).Where(location => location.Length > 0).Distinct()];

    // Only known headers go along, since any other may hold a secret.
    private static List<KeyValuePair<string, string>> ForAnotherHost(IEnumerable<KeyValuePair<string, string>> headers)
        => [.. headers.Where(header => ForAnybody.Contains(header.Key))];

    private static List<KeyValuePair<string, string>> WithoutBody(IEnumerable<KeyValuePair<string, string>> headers)
        => [.. headers.Where(header => !header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))];

    private static string WordsOf(UrlFault fault) => fault switch
    {
        UrlFault.Credentials => "which has a user and password in it: a probe sends none that it has not been given",
        UrlFault.NoHostName => "whose host name cannot be one of DNS",
        UrlFault.LongHostName => "whose host name is longer than 253 characters",
        UrlFault.PortZero => "which has the port 0",
        _ => "which is no http or https URL",
    };

    // The same scheme, host and port, or the redirect from http to https that many hosts have.
    private static bool IsSameHost(Uri url, Uri origin)
        => string.Equals(url.IdnHost, origin.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((url.Scheme == origin.Scheme && url.Port == origin.Port) || (url is { Scheme: "https", Port: 443 } && origin is { Scheme: "http", Port: 80 }));

    private static (HttpHop?, ProbeFailure?) Fails(string words) => (null, new ProbeFailure(ProbeReasons.RedirectError, words));
}
