using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Makes a target's request and those that redirects lead to, each on a connection of its own.</summary>
internal sealed class RedirectFollower(HttpExchange exchange, TimeProvider clock)
{
    /// <summary>
    /// Runs until an answer is no redirect, or a redirect may not be followed. Null: an answer came that is no redirect to follow.
    /// </summary>
    /// <param name="first">The target's own request.</param>
    /// <param name="most">How many redirects are followed; 0: none.</param>
    /// <param name="jar">Keeps the cookies that the answers set; null: cookies are ignored.</param>
    /// <param name="trace">Records what was done.</param>
    /// <param name="cancellationToken">The deadline of the probe.</param>
    public async Task<ProbeFailure?> RunAsync(HttpHop first, int most, CookieJar? jar, ProbeTrace trace, CancellationToken cancellationToken)
    {
        HashSet<(HttpMethod, Uri)>? visited = null;
        var followed = 0;
        var hop = first;
        while (true)
        {
            var failure = await exchange.RunAsync(hop, trace, cancellationToken);
            if (failure is not null || most == 0 || trace.Answer is not { } answer || !Redirect.Leads(answer))
            {
                return failure;
            }

            visited ??= [];
            visited.Add((hop.Method, hop.Url));
            (var next, failure) = Redirect.Follow(hop, first.Url, answer);
            failure ??= ++followed <= most ? null : TooMany(next!, visited, most, jar is not null);
            if (failure is not null)
            {
                return failure;
            }

            trace.Remark("Redirect {0} of at most {1} to {2}", followed, most, SafeUrl.Of(next!.Url.AbsoluteUri));
            trace.Answer = null; // what goes wrong from here on is no fault of the redirect's answer
            hop = WithCookies(next, hop.Url, answer, first, jar);
        }
    }

    // The target's own cookies go to its own host alone. The cookies of the previous request are replaced.
    private HttpHop WithCookies(HttpHop next, Uri from, Answer answer, HttpHop first, CookieJar? jar)
    {
        if (jar is null)
        {
            return next;
        }

        jar.Keep(from, answer.Values("Set-Cookie"), clock.GetUtcNow());
        var own = next.IsOfTarget ? string.Join("; ", first.Headers.Where(IsCookie).Select(header => header.Value)) : null;
        return jar.For(next.Url, own) is { } cookies ? next.With([.. next.Headers.Where(header => !IsCookie(header)), KeyValuePair.Create("Cookie", cookies)]) : next;
    }

    private static bool IsCookie(KeyValuePair<string, string> header) => header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    // A redirect to a URL where the probe was before is no failure by itself: a server may set a cookie there, or need a moment.
    private static ProbeFailure TooMany(HttpHop next, HashSet<(HttpMethod, Uri)> visited, int most, bool keepsCookies) => visited.Contains((next.Method, next.Url))
        ? new ProbeFailure(ProbeReasons.RedirectError, $"redirected in a circle, back to {SafeUrl.Of(next.Url.AbsoluteUri)}")
        {
            Advice = keepsCookies
                ? "The server redirects although it gets the cookies that it has set: give the target the URL behind the redirects."
                : "The server may want to see a cookie that it has set: set the target's keep_cookies, or give it the URL behind the redirects.",
        }
        : new ProbeFailure(ProbeReasons.RedirectError, string.Create(CultureInfo.InvariantCulture, $"redirected more than {most} times"))
        {
            Advice = "Raise the target's max_redirects, or give it the URL at which the redirects end.",
        };
}
