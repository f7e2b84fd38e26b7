using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>What the operator can do about a failure, where that is known. Pure.</summary>
internal static class ProbeAdvice
{
    /// <summary>A sentence or two; null where there is nothing to say.</summary>
    public static string? Of(ProbeFailure failure, ProbeRequest request, Uri url, Answer? answer)
        => failure.Advice ?? failure.Reason switch
        {
            ProbeReasons.StatusMismatch when answer is not null => OfStatus(request, url, answer),
            ProbeReasons.DnsError => $"See whether {url.IdnHost} is spelt right and has a record in the DNS that this Prober asks.",
            ProbeReasons.ConnectRefused => $"Nothing listens at port {url.Port} there: see whether the service runs and on which address it listens.",
            ProbeReasons.ConnectTimeout or ProbeReasons.ConnectUnreachable =>
                $"See whether the host of {url.Authority} is up, and whether a firewall or a route drops what the Prober sends.",
            ProbeReasons.TlsExpired => $"Renew the certificate of {url.Authority}.",
            ProbeReasons.TlsUntrusted =>
                "Let the server send its whole chain; where its authority is your own, trust it by the target's tls.ca or Prober:TrustedCaFile.",
            ProbeReasons.TlsNameMismatch => "Another server answers than is meant, or its certificate lacks the name.",
            ProbeReasons.RequestTimeout => "The service takes connections but does not answer: it may be overloaded or hang.",
            ProbeReasons.BodyTooLarge => "Ask for a smaller page, or raise Prober:MaxBodyBytes.",
            _ => null,
        };

    private static string? OfStatus(ProbeRequest request, Uri url, Answer answer) => answer.Status switch
    {
        401 when request.Authn == AuthnParameters.Digest && !DigestChallenge.Of(answer.Values("WWW-Authenticate")).Any(DigestAuthentication.CanAnswer) =>
            "It asks for no digest that Skypunch can answer (MD5 or SHA-256, qop auth): see WWW-Authenticate in the trace, and choose another authn.",
        401 when request.Authn is AuthnParameters.Basic or AuthnParameters.Digest => "The service refuses the user and password of the target's authn_params.",
        401 => "The service wants a login: choose the target's authn.",
        403 when request.Authn != AuthnParameters.None => "The login is good, but lacks the right: see the roles of the user.",
        >= 300 and < 400 when request.MaxRedirects == 0 && answer.Header("Location") is { } location =>
            $"It redirects to {SafeUrl.Of(location)}: follow_redirects follows, or give the target that URL.",
        426 or 505 when !request.IsHttp2 => "The server wants another version of HTTP: set the target's http_version to 2.",
        429 => "The service limits how often it may be asked: lower the target's frequency.",
        502 or 504 => "A proxy answers, but not the service behind it: see to that service.",
        503 => "The service, or the proxy before it, says that it is not available: see its log.",
        _ => null,
    };
}
