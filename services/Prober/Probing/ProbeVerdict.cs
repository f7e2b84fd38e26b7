using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.OAuth2;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>What the outcome of an exchange means for the target. Pure.</summary>
internal static class ProbeVerdict
{
    /// <summary>The description of a pass.</summary>
    public const string Ok = "OK";

    /// <summary>Whether a failure is about an answer that came, and not about getting one.</summary>
    public static bool IsOfAnswer(ProbeFailure failure) => failure.Reason is ProbeReasons.StatusMismatch
        or ProbeReasons.AuthTokenRefused
        or ProbeReasons.ServiceKeystoneDown
        or ProbeReasons.AssertionFailed
        or ProbeReasons.BodyTooLarge
        or ProbeReasons.RedirectError;

    /// <summary>
    /// Judges an exchange, but for the assertions. The status decides first: a page that says 503 and then breaks off is a 503. Null: so
    /// far the target did what is expected of it.
    /// </summary>
    /// <param name="request">The request, with what is expected.</param>
    /// <param name="statusCode">The status of the answer; null where none came.</param>
    /// <param name="failure">Why the exchange did not come to its end; null where it did.</param>
    /// <param name="forwardingProxy">The proxy whose own answer it may be; null: it is the target's.</param>
    public static ProbeFailure? Of(ProbeRequest request, int? statusCode, ProbeFailure? failure, HttpProxy? forwardingProxy = null)
        => statusCode is { } status && !request.Expected.Accepts(status) && failure?.Reason != ProbeReasons.RedirectError
            ? status == 407 && forwardingProxy is not null ? ProxyFaults.OfLogin(forwardingProxy) : new ProbeFailure(
                ProbeReasons.StatusMismatch,
                string.Create(CultureInfo.InvariantCulture, $"target status:{status} != {request.PassResult.Trim()}"))
            : failure;

    /// <summary>The failure where the deadline passed in a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="request">The request.</param>
    /// <param name="url">The URL that is probed.</param>
    /// <param name="proxy">The proxy; null: there is none.</param>
    public static ProbeFailure OfDeadline(ProbePhase phase, ProbeRequest request, Uri url, HttpProxy? proxy = null)
    {
        if (proxy is not null && phase is (ProbePhase.Dns or ProbePhase.Connect or ProbePhase.Proxy))
        {
            return ProxyFaults.OfDeadline(proxy, request.Timeout);
        }

        var host = url.IdnHost;
        var within = $"within {Words.Of(request.Timeout)}";
        return phase switch
        {
            ProbePhase.Auth => OfAuthDeadline(request.Authn, request.Timeout),
            ProbePhase.Dns => new(ProbeReasons.DnsError, $"could not resolve {host}: no answer from the name service {within}"),
            ProbePhase.Connect => new(ProbeReasons.ConnectTimeout, $"no connection to {url.Authority} {within}"),
            ProbePhase.Tls => new(ProbeReasons.TlsError, $"TLS handshake with {host} not done {within}"),
            ProbePhase.Transfer or ProbePhase.Response or ProbePhase.Assertion => new(ProbeReasons.ReadTimeout, $"answer not complete {within}"),
            _ => new(ProbeReasons.RequestTimeout, $"no answer {within}"),
        };
    }

    /// <summary>The failure where the login's share of the deadline passed.</summary>
    public static ProbeFailure OfAuthDeadline(string authn, TimeSpan share)
    {
        var server = authn == AuthnParameters.OAuth2 ? OAuth2Advice.Words : KeystoneAdvice.Words;
        return new(ProbeReasons.AuthUnreachable, $"no token from {server.Whom} within {Words.Of(share)}", server.NoAnswer);
    }
}
