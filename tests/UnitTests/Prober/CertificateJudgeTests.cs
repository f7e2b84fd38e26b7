using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

public sealed class CertificateJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly CertificateFacts Certificate = new(
        "CN=a.example",
        "CN=Some CA",
        "a.example",
        new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc),
        new DateTime(2026, 6, 30, 0, 0, 0, DateTimeKind.Utc));

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, X509ChainStatusFlags.NoError, ProbeReasons.TlsNameMismatch,
        "certificate is for a.example, not for b.example")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.UntrustedRoot, ProbeReasons.TlsUntrusted,
        "certificate is not signed by a trusted authority (issuer: CN=Some CA)")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.PartialChain, ProbeReasons.TlsUntrusted,
        "certificate is not signed by a trusted authority (issuer: CN=Some CA)")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.NotTimeValid, ProbeReasons.TlsExpired,
        "a certificate of the chain is not valid at this time")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.Revoked, ProbeReasons.TlsError,
        "certificate is not valid (Revoked)")]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable, X509ChainStatusFlags.NoError, ProbeReasons.TlsError,
        "the server sent no certificate")]
    public void Each_fault_has_its_reason(SslPolicyErrors errors, X509ChainStatusFlags chain, string reason, string words)
    {
        var failure = CertificateJudge.Judge(errors, chain, "b.example", Certificate, Now);

        Assert.Equal((reason, words), (failure?.Reason, failure?.Words));
    }

    [Theory]
    [InlineData("2026-07-01", "certificate expired on 2026-06-30 00:00:00 UTC", false)]
    [InlineData("2026-05-01", "certificate is not valid before 2026-06-01 00:00:00 UTC", true)]
    public void The_words_distinguish_an_expired_certificate_from_one_that_is_not_valid_yet(string now, string words, bool hasAdvice)
    {
        var failure = CertificateJudge.Judge(
            SslPolicyErrors.RemoteCertificateChainErrors,
            X509ChainStatusFlags.NotTimeValid,
            "a.example",
            Certificate,
            DateTimeOffset.Parse(now + "T00:00Z", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((ProbeReasons.TlsExpired, words), (failure?.Reason, failure?.Words));
        Assert.Equal(hasAdvice, failure?.Advice is not null); // to renew an expired certificate is the advice of its reason
    }

    [Fact]
    public void A_good_certificate_has_no_fault()
        => Assert.Null(CertificateJudge.Judge(SslPolicyErrors.None, X509ChainStatusFlags.NoError, "a.example", Certificate, Now));
}
