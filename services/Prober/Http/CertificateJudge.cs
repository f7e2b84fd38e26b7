using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>What the findings on a server's certificate mean. Pure.</summary>
internal static class CertificateJudge
{
    /// <summary>The flags of a certificate that no trusted authority has signed.</summary>
    public const X509ChainStatusFlags Trust = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>That a certificate is not valid at this time.</summary>
    public const X509ChainStatusFlags Time = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested;

    /// <summary>
    /// What is wrong with a certificate; null: it is good. The words name all faults. The reason is that of the first fault in this order:
    /// the name, since another server answers than the one that was meant, then the time, then the trust.
    /// </summary>
    /// <param name="errors">What the handshake found.</param>
    /// <param name="chain">All flags of the chain.</param>
    /// <param name="host">The name that was asked for.</param>
    /// <param name="certificate">What the certificate says; null where there is none.</param>
    /// <param name="now">The time of the check.</param>
    public static ProbeFailure? Judge(
        SslPolicyErrors errors,
        X509ChainStatusFlags chain,
        string host,
        CertificateFacts? certificate,
        DateTimeOffset now)
    {
        if (errors is SslPolicyErrors.None)
        {
            return null;
        }

        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return new ProbeFailure(ProbeReasons.TlsError, "the server sent no certificate");
        }

        var flags = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? chain : X509ChainStatusFlags.NoError;
        var faults = new List<ProbeFailure>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add(new(ProbeReasons.TlsNameMismatch, $"certificate is for {certificate.Names}, not for {host}"));
        }

        if ((flags & Time) != 0)
        {
            faults.Add(new(ProbeReasons.TlsExpired, TimeWords(certificate, now))
            {
                Advice = now.UtcDateTime < certificate.NotBefore ? "See whether the right certificate is installed, and whether the clocks of its maker and of the Prober are right." : null,
            });
        }

        if ((flags & Trust) != 0)
        {
            faults.Add(new(ProbeReasons.TlsUntrusted, certificate.Issuer == certificate.Subject
                ? "certificate is self-signed and not trusted"
                : $"certificate is not signed by a trusted authority (issuer: {certificate.Issuer})"));
        }

        if ((flags & ~(Time | Trust)) is var other && (other != 0 || faults.Count == 0))
        {
            faults.Add(new(ProbeReasons.TlsError, $"certificate is not valid ({(other == 0 ? errors.ToString() : other.ToString())})"));
        }

        return faults[0] with { Words = string.Join("; ", faults.Select(fault => fault.Words)) };
    }

    private static string TimeWords(CertificateFacts certificate, DateTimeOffset now)
    {
        if (now.UtcDateTime > certificate.NotAfter)
        {
            return $"certificate expired on {Words.Of(certificate.NotAfter)}";
        }

        return now.UtcDateTime < certificate.NotBefore
            ? $"certificate is not valid before {Words.Of(certificate.NotBefore)}"
            : "a certificate of the chain is not valid at this time";
    }
}

/// <summary>What a certificate says. Times are UTC.</summary>
internal sealed record CertificateFacts(string Subject, string Issuer, string Names, DateTime NotBefore, DateTime NotAfter)
{
    private const int MostNames = 4;

    /// <summary>Reads a certificate.</summary>
    public static CertificateFacts Of(X509Certificate2 certificate)
        => new(
            certificate.Subject,
            certificate.Issuer,
            NamesOf(certificate),
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime());

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .ToArray();
        return names.Length switch
        {
            0 => $"no host (its common name, {certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)}, does not count)",
            <= MostNames => string.Join(", ", names),
            _ => $"{string.Join(", ", names.Take(MostNames))} and {names.Length - MostNames} more",
        };
    }
}
