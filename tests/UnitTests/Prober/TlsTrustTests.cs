using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Skypunch.Prober.Http;
using Skypunch.Prober.Settings;

namespace Skypunch.UnitTests.Prober;

public sealed class TlsTrustTests
{
    private static readonly byte[] Serial = [7];

    private readonly TlsTrust _trust = new(Options.Create(new ProberOptions()));

    [Fact]
    public void A_chain_to_an_authority_of_the_targets_own_is_trusted()
    {
        using var authority = AnAuthority(Serial);
        using var server = SignedBy(authority);

        Assert.Equal(X509ChainStatusFlags.NoError, FaultsOf(server, shown: authority, trusted: authority));
    }

    [Fact]
    public void An_authority_that_only_calls_itself_as_the_trusted_one_is_not_trusted()
    {
        using var authority = AnAuthority(Serial);
        using var twin = AnAuthority(Serial);
        using var server = SignedBy(twin);

        Assert.Equal(authority, twin); // X509Certificate2 compares only the issuer and the serial number
        Assert.NotEqual(X509ChainStatusFlags.NoError, FaultsOf(server, shown: twin, trusted: authority));
    }

    [Fact]
    public void A_chain_to_nobody_we_know_is_not_trusted()
    {
        using var authority = AnAuthority([1]);
        using var other = AnAuthority([2], "CN=Another authority");
        using var server = SignedBy(authority);

        Assert.NotEqual(X509ChainStatusFlags.NoError, FaultsOf(server, shown: authority, trusted: other) & CertificateJudge.Trust);
        Assert.NotEqual(X509ChainStatusFlags.NoError, FaultsOf(server, shown: authority, trusted: null) & CertificateJudge.Trust);
    }

    [Fact]
    public void A_trusted_authority_does_not_make_an_expired_certificate_valid()
    {
        using var authority = AnAuthority(Serial);
        using var server = SignedBy(authority, toDays: -1);

        Assert.Equal(X509ChainStatusFlags.NotTimeValid, FaultsOf(server, shown: authority, trusted: authority));
    }

    private X509ChainStatusFlags FaultsOf(X509Certificate2 server, X509Certificate2 shown, X509Certificate2? trusted)
    {
        return _trust.Judge([server.RawDataMemory, shown.RawDataMemory], trusted is null ? null : [trusted], TimeProvider.System.GetUtcNow()).Faults;
    }

    private static X509Certificate2 AnAuthority(byte[] serial, string name = "CN=The authority")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.Create(
            request.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), InDays(-30), InDays(30), serial);
        return certificate.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 SignedBy(X509Certificate2 authority, int toDays = 20)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.Create(authority, InDays(-20), InDays(toDays), [9]);
    }

    private static DateTimeOffset InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
