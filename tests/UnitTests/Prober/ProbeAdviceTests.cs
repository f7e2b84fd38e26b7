using System.Net;
using System.Security.Authentication;
using Skypunch.Contracts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Http;
using Skypunch.Prober.Probing;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class ProbeAdviceTests
{
    [Theory]
    [InlineData(ProbeReasons.DnsError, "See whether a.example is spelt right and has a record in the DNS that this Prober asks.")]
    [InlineData(ProbeReasons.ConnectRefused, "Nothing listens at port 8443 there: see whether the service runs and on which address it listens.")]
    [InlineData(ProbeReasons.ConnectUnreachable,
        "See whether the host of a.example:8443 is up, and whether a firewall or a route drops what the Prober sends.")]
    [InlineData(ProbeReasons.TlsExpired, "Renew the certificate of a.example:8443.")]
    [InlineData(ProbeReasons.RequestTimeout, "The service takes connections but does not answer: it may be overloaded or hang.")]
    [InlineData(ProbeReasons.ProtocolError, null)]
    public void A_reason_has_its_advice(string reason, string? advice)
        => Assert.Equal(advice, Of(new ProbeFailure(reason, "words")));

    [Fact]
    public void Advice_of_the_failure_itself_takes_precedence()
        => Assert.Equal("Do this.", Of(new ProbeFailure(ProbeReasons.DnsError, "words") { Advice = "Do this." }));

    [Theory]
    [InlineData(401, "NONE", "", "The service wants a login: choose the target's authn.")]
    [InlineData(401, "BASIC", "", "The service refuses the user and password of the target's authn_params.")]
    [InlineData(403, "OPENSTACK", "", "The login is good, but lacks the right: see the roles of the user.")]
    [InlineData(403, "NONE", "", null)]
    [InlineData(302, "NONE", "https://me:pw@b.example/", "It redirects to https://***@b.example/: follow_redirects follows, or give the target that URL.")]
    [InlineData(429, "NONE", "", "The service limits how often it may be asked: lower the target's frequency.")]
    [InlineData(502, "NONE", "", "A proxy answers, but not the service behind it: see to that service.")]
    [InlineData(503, "NONE", "", "The service, or the proxy before it, says that it is not available: see its log.")]
    [InlineData(500, "NONE", "", null)]
    public void A_status_has_its_advice(int status, string authn, string location, string? advice)
        => Assert.Equal(advice, OfStatus(status, authn, location));

    [Theory]
    [InlineData("error:0A00042E:SSL routines::tlsv1 alert protocol version", "tls_error", "Enable TLS 1.2 or 1.3 at a.example.")]
    [InlineData("error:0A00010B:SSL routines::wrong version number", "tls_error",
        "See whether a.example speaks plain HTTP at that port: the URL would begin with http://.")]
    [InlineData("error:0A000460:SSL routines::tlsv1 alert no application protocol", "protocol_error",
        "Enable HTTP/2 at the server, or set the target's http_version to 1.1.")]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "tls_error",
        "It may want a client certificate: see the target's tls.client_certificate, and the authorities that the server trusts.")]
    [InlineData("error:0A000438:SSL routines::tlsv1 alert internal error", "tls_error", null)]
    public void A_handshake_error_has_its_advice(string openSsl, string reason, string? advice)
    {
        var failure = HandshakeFaults.Of(new AuthenticationException("Authentication failed", new InvalidOperationException(openSsl)), "a.example", isHttp2: true);

        Assert.Equal((reason, advice), (failure.Reason, failure.Advice));
    }

    private static string? Of(ProbeFailure failure) => ProbeAdvice.Of(failure, Request("NONE"), new Uri("https://a.example:8443/x"), null);

    private static string? OfStatus(int status, string authn, string location)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        if (location.Length > 0)
        {
            response.Headers.TryAddWithoutValidation("Location", location);
        }

        var answer = new Answer(new Http2Head(response), isOfTarget: true);
        return ProbeAdvice.Of(new ProbeFailure(ProbeReasons.StatusMismatch, "words"), Request(authn), new Uri("https://a.example:8443/x"), answer);
    }

    private static ProbeRequest Request(string authn)
    {
        Assert.True(ProbeRequest.TryPrepare(AProbe.Job("https://a.example:8443/x") with { Authn = authn }, out var request, out _));
        return request;
    }
}
