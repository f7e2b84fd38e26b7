using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Prober;

/// <summary>Which certificates are checked: those of every hop, on the valid path, and only by their alternative names.</summary>
public sealed class TlsPathTests
{
    [Fact]
    public async Task A_common_name_is_no_name_of_a_host()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(InDays(-1), InDays(30));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var server = TlsProbeTests.Serving(certificate);

        var result = await AProbe.RunAsync(
            AProbe.Job($"https://localhost:{server.Port}/").WithTls(("ca", certificate.ExportCertificatePem())) with { IpFamily = IpFamilies.IPv4 });

        Assert.Equal(
            (ProbeReasons.TlsNameMismatch, "certificate is for no host (its common name, localhost, does not count), not for localhost"),
            (result.Reason, result.Description));
    }

    [Fact]
    public async Task The_certificate_of_each_hop_must_last()
    {
        using var soon = ACertificate.SelfSigned(toDays: 3);
        using var late = ACertificate.SelfSigned(toDays: 300);
        await using var last = TlsProbeTests.Serving(late);
        await using var first = Redirecting(soon, $"https://127.0.0.1:{last.Port}/");

        var job = AProbe.Job($"https://127.0.0.1:{first.Port}/").WithTls(("ca", soon.ExportCertificatePem() + "\n" + late.ExportCertificatePem()));
        var result = await AProbe.RunAsync(job with { MaxRedirects = 1, Assertions = "certificate > 14d" });

        Assert.Equal(ProbeReasons.AssertionFailed, result.Reason);
        Assert.StartsWith($"certificate of 127.0.0.1:{first.Port} is valid for 3 days", result.Description, StringComparison.Ordinal);
    }

    // As in 2021, when the root that had signed the root of Let's Encrypt expired, and servers still sent the certificate that it had
    // signed.
    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task An_old_root_on_another_path_that_the_server_sends_does_not_count(int toDays)
    {
        using var oldKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var old = Authority("CN=Old root", oldKey).CreateSelfSigned(InDays(-60), InDays(toDays));
        using var root = Authority("CN=New root", key).CreateSelfSigned(InDays(-60), InDays(300));
        using var crossSigned = Authority("CN=New root", key).Create(old, InDays(-50), old.NotAfter, [5]);
        using var certificate = ACertificate.SignedBy(root, toDays: 200);
        await using var server = TlsProbeTests.Serving(certificate, options =>
        {
            options.ServerCertificate = null;
            options.ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [crossSigned, old], offline: true);
        });
        var url = $"https://127.0.0.1:{server.Port}/";

        var judged = await AProbe.RunAsync(AProbe.Job(url).WithTls(("ca", root.ExportCertificatePem())) with { Assertions = "certificate > 14d" });
        var byTheOldOne = await AProbe.RunAsync(AProbe.Job(url).WithTls(("ca", old.ExportCertificatePem())) with { Assertions = "certificate > 14d" });

        Assert.Equal("OK", judged.Description);
        Assert.Equal(toDays > 0 ? ProbeReasons.AssertionFailed : ProbeReasons.TlsExpired, byTheOldOne.Reason);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static RawServer Redirecting(X509Certificate2 certificate, string location) => new(async (stream, token) =>
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
        await RawServer.ReadRequestAsync(tls, token);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"), token);
        await tls.ShutdownAsync();
    });

    private static DateTimeOffset InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
