using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Http.OpenSsl;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Makes a connection a TLS one, with a full handshake each time: a resumed session would not show a certificate that was exchanged since.
/// Most handshakes are made by OpenSSL itself, which costs the Prober a third less than by the runtime's stream (decision 30).
/// </summary>
internal sealed class TlsHandshake(CertificateCheck certificates, StrangeAnswers strange)
{
    /// <summary>The TLS stream, or why there is none.</summary>
    public async Task<(Stream? Stream, ProbeFailure? Failure)> RunAsync(
        NetworkStream stream,
        HttpHop hop,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Tls);
        var host = hop.Tls.ServerName is { } name ? WebUrl.AsciiName(name) ?? name : hop.Url.IdnHost;
        try
        {
            var (tls, failure) = IsForOpenSsl(hop)
                ? await ByOpenSslAsync(stream.Socket, host, hop, trace, cancellationToken)
                : await BySslStreamAsync(stream, host, hop, trace, cancellationToken);
            if (failure is null)
            {
                trace.End(StepOutcome.Ok, TraceWords.TlsHandshake);
            }

            return (tls, failure);
        }
        catch (Exception e) when (e is AuthenticationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return (null, HandshakeFaults.Of(e, host, hop.IsHttp2));
        }
        catch (CryptographicException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new ProbeFailure(ProbeReasons.TlsError, "the server's certificate is malformed"));
        }
        catch (Exception e) when (StrangeAnswers.May(e) && !cancellationToken.IsCancellationRequested)
        {
            return (null, strange.Of(e, ProbeReasons.TlsError, "TLS handshake failed"));
        }
    }

    // HTTP/2 reads and writes at once, which OpenSSL does not bear. A client's certificate is shown only to a server that was judged before.
    private static bool IsForOpenSsl(HttpHop hop) => Libssl.IsThere && !hop.IsHttp2 && hop.Tls.ClientCertificate is null;

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> ByOpenSslAsync(
        Socket socket,
        string host,
        HttpHop hop,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        var tls = new OpenSslStream(socket, host);
        try
        {
            await tls.HandshakeAsync(cancellationToken);
            if (certificates.Judge(tls.ReadCertificates(), host, hop, trace) is { } failure)
            {
                await tls.DisposeAsync();
                return (null, failure);
            }

            trace.Remark("{0} with {1}", tls.Version, tls.CipherSuite);
            return (tls, null);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> BySslStreamAsync(
        NetworkStream stream,
        string host,
        HttpHop hop,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        ProbeFailure? verdict = null;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(OptionsFor(host, hop, Check), cancellationToken);
            trace.Remark("{0} with {1}", NameOf(tls.SslProtocol), tls.NegotiatedCipherSuite);
            return (tls, null);
        }
        catch (Exception e) when (verdict is not null && e is (AuthenticationException or IOException) && !cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, verdict);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            ReadOnlyMemory<byte>[] sent = certificate is null ? [] : [certificate.GetRawCertData(), .. chain?.ChainPolicy.ExtraStore.Select(other => other.RawDataMemory) ?? []];
            verdict = certificates.Judge(sent, host, hop, trace);
            return verdict is null;
        }
    }

    private static SslClientAuthenticationOptions OptionsFor(string host, HttpHop hop, RemoteCertificateValidationCallback check) => new()
    {
        TargetHost = host.TrimEnd('.'), // RFC 6066, section 3
#pragma warning disable CA5398 // whatever the system would still put up with, these are the versions that are safe (RFC 8996)
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        ApplicationProtocols = [hop.IsHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
        AllowTlsResume = false,
        ClientCertificateContext = hop.Tls.ClientCertificate,
        CertificateChainPolicy = TlsTrust.NewEmptyPolicy(),
        RemoteCertificateValidationCallback = check,
    };

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
