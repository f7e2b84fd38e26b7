using System.Security.Authentication;
using System.Security.Cryptography;
using Skypunch.Contracts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class AnswerFaultsTests
{
    private static readonly HttpHop Hop = new() { Url = new Uri("https://a.example/"), Method = HttpMethod.Get };

    // The exception of SslStream when the server refuses the client's certificate, or its absence, after a TLS 1.3 handshake.
    private static readonly IOException Refused = new(
        "The decryption operation failed, see inner exception.",
        new CryptographicException("error:0A00045C:SSL routines::tlsv13 alert certificate required"));

    [Fact]
    public void A_server_that_refuses_the_clients_certificate_after_the_handshake_is_reported_as_that()
    {
        var failure = AnswerFaults.Of(Refused, ProbePhase.Wait, Hop);

        Assert.Equal(
            (ProbeReasons.TlsError, "TLS handshake failed: the server refused it (tlsv13 alert certificate required)"),
            (failure.Reason, failure.Words));
        Assert.StartsWith("It may want a client certificate: ", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_decrypted_later_has_broken_off()
        => Assert.Equal("connection closed before the answer was complete", AnswerFaults.Of(Refused, ProbePhase.Transfer, Hop).Words);

    [Fact]
    public void A_handshake_that_is_made_again_and_fails_is_the_servers_fault()
    {
        var fault = new AuthenticationException("The server's handshake is garbage.");

        Assert.True(AnswerFaults.AreTheTargets(fault));
        Assert.Equal(
            (ProbeReasons.TlsError, "TLS handshake failed: The server's handshake is garbage"),
            (AnswerFaults.Of(fault, ProbePhase.Wait, Hop).Reason, AnswerFaults.Of(fault, ProbePhase.Wait, Hop).Words));
    }
}
