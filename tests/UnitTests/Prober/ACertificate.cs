using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.UnitTests.Prober;

/// <summary>Makes certificates for tests.</summary>
internal static class ACertificate
{
    public static X509Certificate2 SelfSigned(string name = "127.0.0.1", int fromDays = -2, int toDays = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = For(name, key);
        return Loadable(request.CreateSelfSigned(InDays(fromDays), InDays(toDays)));
    }

    /// <summary>A certificate for 127.0.0.1 and the PEM of the authority that signed it.</summary>
    public static X509Certificate2 SignedByAnAuthority(out string authorityPem)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(InDays(-2), InDays(60));
        authorityPem = authority.ExportCertificatePem();

        return SignedBy(authority, toDays: 30);
    }

    /// <summary>A certificate for 127.0.0.1 that the authority has signed.</summary>
    public static X509Certificate2 SignedBy(X509Certificate2 authority, int toDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = For("127.0.0.1", key).Create(authority, InDays(-2), InDays(toDays), [1, 2, 3]);
        return Loadable(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate whose list of names is malformed.</summary>
    public static X509Certificate2 WithBrokenNames()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x03, 0x82, 0x05, 0x61], critical: false));
        return Loadable(request.CreateSelfSigned(InDays(-2), InDays(30)));
    }

    private static CertificateRequest For(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static DateTimeOffset InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days);

    private static X509Certificate2 Loadable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
