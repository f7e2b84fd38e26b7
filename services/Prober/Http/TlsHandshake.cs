using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Makes a connection a TLS one, with a full handshake each time: a resumed session would not show a certificate that was exchanged since.
/// </summary>
internal sealed class TlsHandshake(TlsTrust trust, StrangeAnswers strange, TimeProvider clock)
{
    /// <summary>The TLS stream, which owns the given one, or why there is none.</summary>
    public async Task<(SslStream? Stream, ProbeFailure? Failure)> RunAsync(
        Stream stream,
        HttpHop hop,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Tls);
        ProbeFailure? verdict = null;
        var host = hop.Tls.ServerName is { } name ? WebUrl.AsciiName(name) ?? name : hop.Url.IdnHost;
        var options = OptionsFor(host, hop, Check);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            trace.Remark("{0} with {1}", NameOf(tls.SslProtocol), tls.NegotiatedCipherSuite);
            trace.End(StepOutcome.Ok, TraceWords.TlsHandshake);
            return (tls, null);
        }
        catch (Exception e) when (e is AuthenticationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, verdict ?? HandshakeFaults.Of(e, host, hop.IsHttp2));
        }
        catch (CryptographicException) when (!cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, new ProbeFailure(ProbeReasons.TlsError, "the server's certificate is malformed"));
        }
        catch (Exception e) when (StrangeAnswers.May(e) && !cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, strange.Of(e, ProbeReasons.TlsError, "TLS handshake failed"));
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            var facts = certificate is X509Certificate2 found ? CertificateFacts.Of(found) : null;
            trace.Remark("Certificate {0}, issued by {1}, valid to {2}", facts?.Subject, facts?.Issuer, facts?.NotAfter);
            DateTimeOffset? firstEnd = facts?.NotAfter;
            var flags = chain is null ? default : trust.Judge(chain, hop.Tls.Ca, out firstEnd);
            trace.Shown(firstEnd ?? facts?.NotAfter, hop.Url.Authority);
            if (flags == default)
            {
                errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
            }

            // The system still looks for a host in the common name, where there are no other names. No client may (RFC 9110, section 4.3.4).
            if ((certificate as X509Certificate2)?.MatchesHostname(host.TrimEnd('.'), allowWildcards: true, allowCommonName: false) is false)
            {
                errors |= SslPolicyErrors.RemoteCertificateNameMismatch;
            }

            var fault = CertificateJudge.Judge(errors, flags, host, facts, clock.GetUtcNow());
            if (fault is not null && hop.Tls.SkipsVerification)
            {
                trace.Remark("Not verified, as the target wants it: {0}", fault.Words);
                return true;
            }

            verdict = fault;
            return verdict is null;
        }
    }

    private SslClientAuthenticationOptions OptionsFor(string host, HttpHop hop, RemoteCertificateValidationCallback check) => new()
    {
        TargetHost = host,
#pragma warning disable CA5398 // whatever the system would still put up with, these are the versions that are safe (RFC 8996)
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        ApplicationProtocols = [hop.IsHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
        AllowTlsResume = false,
        ClientCertificateContext = hop.Tls.ClientCertificate,
        CertificateChainPolicy = trust.NewPolicy(hop.Tls.Ca),
        RemoteCertificateValidationCallback = check,
    };

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
