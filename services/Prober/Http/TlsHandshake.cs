using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Makes a connection a TLS one, with a full handshake each time: a resumed session would not show a certificate that was exchanged since.
/// </summary>
internal sealed class TlsHandshake(TlsTrust trust, TimeProvider clock)
{
    /// <summary>The TLS stream, which owns the given one, or why there is none.</summary>
    public async Task<(SslStream? Stream, ProbeFailure? Failure)> RunAsync(
        Stream stream,
        string host,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Tls);
        ProbeFailure? verdict = null;
        var options = OptionsFor(host, Check);
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
            return (null, verdict ?? OfHandshake(e));
        }
        catch (CryptographicException) when (!cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, new ProbeFailure(ProbeReasons.TlsError, "the server's certificate is malformed"));
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
            var flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? default;
            verdict = CertificateJudge.Judge(errors, flags, host, facts, clock.GetUtcNow());
            return verdict is null;
        }
    }

    private SslClientAuthenticationOptions OptionsFor(string host, RemoteCertificateValidationCallback check) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        AllowTlsResume = false,
        CertificateChainPolicy = trust.NewPolicy(),
        RemoteCertificateValidationCallback = check,
    };

    private static ProbeFailure OfHandshake(Exception exception)
    {
        if (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
        {
            return new ProbeFailure(ProbeReasons.ConnectionReset, "connection reset during the TLS handshake");
        }

        // OpenSSL's message ends with what it is about: "error:0A00010B:SSL routines::wrong version number".
        var innermost = exception.GetBaseException().Message.TrimEnd('.');
        var why = innermost[(innermost.LastIndexOf("::", StringComparison.Ordinal) is var at && at >= 0 ? at + 2 : 0)..];
        return new ProbeFailure(ProbeReasons.TlsError, exception is IOException && exception.InnerException is null
            ? "connection closed during the TLS handshake"
            : $"TLS handshake failed: {why}");
    }

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
