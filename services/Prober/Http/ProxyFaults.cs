using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Why a probe did not reach its target through its proxy. Pure.</summary>
internal static class ProxyFaults
{
    private const string Reach = "See whether the proxy is up and lets this Prober connect, or change the target's proxy.";

    /// <summary>No connection to the proxy came about: the target itself was not asked.</summary>
    public static ProbeFailure OfConnection(ProbeFailure failure, HttpProxy proxy) => failure.Reason == ProbeReasons.EgressDenied
        ? failure with { Words = $"{failure.Words}, the target's proxy" }
        : new ProbeFailure(ProbeReasons.ProxyUnreachable, $"no connection to the proxy {proxy.Url.Authority}: {failure.Words}", Reach);

    /// <summary>The deadline passed before the proxy was reached, or before it had opened the tunnel.</summary>
    public static ProbeFailure OfDeadline(HttpProxy proxy, TimeSpan timeout)
        => new(ProbeReasons.ProxyUnreachable, $"the proxy {proxy.Url.Authority} did not connect to the target within {Words.Of(timeout)}", Reach);

    /// <summary>The proxy answered and opened no tunnel.</summary>
    public static ProbeFailure OfAnswer(AnswerHead head, HttpHop hop, HttpProxy proxy)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"{head.Status} {head.Reason}").TrimEnd();
        return head.Status == 407 ? OfLogin(proxy) : new ProbeFailure(
            ProbeReasons.ProxyRefused,
            $"the proxy {proxy.Url.Authority} opens no tunnel to {hop.Url.Authority}: {status}",
            head.Status is 502 or 503 or 504
                ? $"The proxy does not reach {hop.Url.Authority}: see whether that is up, and whether the proxy finds its name and may connect to it."
                : $"Let the proxy's rules allow {hop.Url.Authority}, or change the target's proxy.");
    }

    /// <summary>The proxy answered 407.</summary>
    public static ProbeFailure OfLogin(HttpProxy proxy) => new(
        ProbeReasons.ProxyRefused,
        $"the proxy {proxy.Url.Authority} {(proxy.Authorization is null ? "wants a login" : "refuses the login")}: 407",
        proxy.Authorization is null
            ? "Give the target's proxy with a user and a password: http://user:password@host:port."
            : "Correct the user and password of the target's proxy; a probe logs in by Basic.");

    /// <summary>The proxy did not answer as an HTTP proxy does.</summary>
    public static ProbeFailure OfBroken(IOException exception, HttpProxy proxy) => new(
        ProbeReasons.ProxyRefused,
        exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or not (HttpIOException or MalformedAnswer)
            ? $"the proxy {proxy.Url.Authority} broke the connection off before it answered"
            : $"what answers at {proxy.Url.Authority} is no HTTP proxy",
        "See whether an HTTP proxy listens there that takes CONNECT: a probe speaks neither SOCKS nor TLS to its proxy.");
}
