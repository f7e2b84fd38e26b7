using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Prober.Http;
using Skypunch.Prober.Settings;

namespace Skypunch.UnitTests.Prober;

public sealed class ChainVerdictsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly X509Certificate2 _authority = AnAuthority();
    private readonly ChainVerdicts _verdicts;

    public ChainVerdictsTests() => _verdicts = new(new TlsTrust(Options.Create(new ProberOptions())), _clock);

    [Fact]
    public void The_same_certificates_are_judged_once()
    {
        using var server = SignedBy(_authority, Start.AddDays(30));
        X509Certificate2Collection trusted = [_authority];
        var first = _verdicts.Of([server.RawDataMemory], trusted);

        Assert.Equal(X509ChainStatusFlags.NoError, first.Faults);
        using var sameAgain = X509CertificateLoader.LoadCertificate(server.RawData);
        Assert.Same(first, _verdicts.Of([sameAgain.RawDataMemory], trusted));
    }

    [Fact]
    public void A_verdict_is_made_anew_after_an_hour()
    {
        using var server = SignedBy(_authority, Start.AddDays(30));
        var first = _verdicts.Of([server.RawDataMemory], null);
        _clock.Advance(ChainVerdicts.Longest / 2);
        Assert.Same(first, _verdicts.Of([server.RawDataMemory], null));
        _clock.Advance(ChainVerdicts.Longest / 2);
        Assert.NotSame(first, _verdicts.Of([server.RawDataMemory], null));
    }

    [Fact]
    public void Who_trusts_other_authorities_gets_a_verdict_of_its_own()
    {
        using var server = SignedBy(_authority, Start.AddDays(30));
        using var other = AnAuthority();

        Assert.Equal(X509ChainStatusFlags.NoError, _verdicts.Of([server.RawDataMemory], [_authority]).Faults);
        Assert.NotEqual(X509ChainStatusFlags.NoError, _verdicts.Of([server.RawDataMemory], [other]).Faults);
        Assert.NotEqual(X509ChainStatusFlags.NoError, _verdicts.Of([server.RawDataMemory], null).Faults & CertificateJudge.Trust);
    }

    [Fact]
    public void A_certificate_that_ends_meanwhile_is_found_to_have_ended()
    {
        var end = Start.AddMinutes(10);
        using var server = SignedBy(_authority, end);
        X509Certificate2Collection trusted = [_authority];
        Assert.Equal(X509ChainStatusFlags.NoError, _verdicts.Of([server.RawDataMemory], trusted).Faults);
        Assert.Equal(end, _verdicts.Of([server.RawDataMemory], trusted).FirstEnd);

        _clock.SetUtcNow(end.AddSeconds(1));
        Assert.Equal(X509ChainStatusFlags.NotTimeValid, _verdicts.Of([server.RawDataMemory], trusted).Faults);
    }

    [Fact]
    public void A_certificate_that_begins_meanwhile_is_found_to_be_good()
    {
        _clock.SetUtcNow(Start);
        using var server = SignedBy(_authority, Start.AddDays(30), from: Start.AddMinutes(1));
        X509Certificate2Collection trusted = [_authority];
        Assert.Equal(X509ChainStatusFlags.NotTimeValid, _verdicts.Of([server.RawDataMemory], trusted).Faults & CertificateJudge.Time);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(X509ChainStatusFlags.NoError, _verdicts.Of([server.RawDataMemory], trusted).Faults);
    }

    [Fact]
    public void A_server_that_exchanges_its_certificate_is_judged_anew()
    {
        using var good = SignedBy(_authority, Start.AddDays(30));
        using var another = AnAuthority();
        using var bad = SignedBy(another, Start.AddDays(30));
        X509Certificate2Collection trusted = [_authority];

        Assert.Equal(X509ChainStatusFlags.NoError, _verdicts.Of([good.RawDataMemory], trusted).Faults);
        Assert.NotEqual(X509ChainStatusFlags.NoError, _verdicts.Of([bad.RawDataMemory, another.RawDataMemory], trusted).Faults);
    }

    [Fact]
    public void A_certificate_for_another_use_than_a_servers_is_not_trusted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: true)); // client authentication
        using var client = request.Create(_authority, Start.AddDays(-1), Start.AddDays(1), [5]);

        Assert.Equal(X509ChainStatusFlags.NotValidForUsage, _verdicts.Of([client.RawDataMemory], [_authority]).Faults);
    }

    [Fact]
    public void A_server_with_ever_new_and_large_certificates_does_not_fill_the_memory()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", new byte[90_000], critical: false));
        using var first = request.Create(_authority, Start.AddDays(-1), Start.AddDays(1), [1]);
        var verdict = _verdicts.Of([first.RawDataMemory], null);
        for (var i = 0; i < 200; i++)
        {
            using var next = request.Create(_authority, Start.AddDays(-1), Start.AddDays(1), [2, (byte)i]);
            _verdicts.Of([next.RawDataMemory], null);
        }

        Assert.NotSame(verdict, _verdicts.Of([first.RawDataMemory], null));
    }

    private static X509Certificate2 AnAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=The authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Start.AddDays(-60), Start.AddDays(60));
    }

    private static X509Certificate2 SignedBy(X509Certificate2 authority, DateTimeOffset to, DateTimeOffset? from = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.Create(authority, from ?? Start.AddDays(-30), to, [9]);
    }
}
