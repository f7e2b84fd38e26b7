using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Http;

/// <summary>The TLS settings of a target. Not a record: its text would show the key.</summary>
internal sealed class TlsSettings
{
    /// <summary>The settings of a target that gives none: the certificate is verified as by a browser.</summary>
    public static readonly TlsSettings Default = new();

    /// <summary>Whether any certificate is accepted.</summary>
    public bool SkipsVerification { get; private init; }

    /// <summary>Authorities that are trusted beside the system's; null: no others.</summary>
    public X509Certificate2Collection? Ca { get; private init; }

    /// <summary>The client certificate with its key; null: none.</summary>
    public SslStreamCertificateContext? ClientCertificate { get; private init; }

    /// <summary>The name for SNI and for the certificate's check; null: the host of the URL.</summary>
    public string? ServerName { get; private init; }

    /// <summary>Reads parameters that were found to be valid (<see cref="TlsParameters.Faults"/>).</summary>
    public static TlsSettings Of(IReadOnlyDictionary<string, string> parameters)
    {
        return parameters.Count == 0 ? Default : new TlsSettings
        {
            SkipsVerification = Get(TlsParameters.SkipVerify) == "true",
            Ca = Get(TlsParameters.Ca) is { } ca ? CertificatesOf(ca) : null,
            ClientCertificate = Get(TlsParameters.ClientCertificate) is { } certificate
                ? ContextOf(certificate, Get(TlsParameters.ClientKey)!)
                : null,
            ServerName = Get(TlsParameters.ServerName),
        };

        string? Get(string parameter) => parameters.GetValueOrDefault(parameter) is { Length: > 0 } value ? value : null;
    }

    /// <summary>
    /// The settings for another host than the target's: the host is verified under its own name, and does not see the client certificate.
    /// </summary>
    public TlsSettings ForAnotherHost() => new() { Ca = Ca };

    private static X509Certificate2Collection CertificatesOf(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    private static SslStreamCertificateContext ContextOf(string certificate, string key)
        => SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), CertificatesOf(certificate), offline: true);
}
