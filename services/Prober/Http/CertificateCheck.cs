using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Judges what a server has shown in a handshake: whether somebody vouches for its certificate, the name and the time.</summary>
internal sealed class CertificateCheck(ChainVerdicts chains, TimeProvider clock)
{
    /// <summary>Null: the certificate is accepted, or the target skips verification.</summary>
    /// <param name="sent">The certificates that the server sent, its own first, each as DER.</param>
    /// <param name="host">The name that was asked for.</param>
    /// <param name="hop">The request.</param>
    /// <param name="trace">Learns what was shown.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate is malformed.</exception>
    public ProbeFailure? Judge(ReadOnlyMemory<byte>[] sent, string host, HttpHop hop, ProbeTrace trace)
    {
        var found = sent.Length == 0 ? null : chains.Of(sent, hop.Tls.Ca);
        trace.Remark("Certificate {0}, issued by {1}, valid to {2}", found?.Facts.Subject, found?.Facts.Issuer, found?.Facts.NotAfter);
        trace.Shown(found?.FirstEnd, hop.Url.Authority);
        var fault = CertificateJudge.Judge(ErrorsOf(found, host), found?.Faults ?? default, host, found?.Facts, clock.GetUtcNow());
        if (fault is not null && hop.Tls.SkipsVerification)
        {
            trace.Remark("Not verified, as the target wants it: {0}", fault.Words);
            return null;
        }

        return fault;
    }

    private static SslPolicyErrors ErrorsOf(ChainVerdict? found, string host)
    {
        if (found is null)
        {
            return SslPolicyErrors.RemoteCertificateNotAvailable;
        }

        var errors = found.Faults == X509ChainStatusFlags.NoError ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;

        // The common name does not count, whether or not there are other names (RFC 9110, section 4.3.4). A wildcard for all hosts below one
        // label, as *.com, does not count either.
        var name = host.TrimEnd('.');
        return found.Certificate.MatchesHostname(name, allowWildcards: name.Count('.') > 1, allowCommonName: false)
            ? errors
            : errors | SslPolicyErrors.RemoteCertificateNameMismatch;
    }
}
