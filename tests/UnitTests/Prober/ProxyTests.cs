using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class ProxyTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

    [Fact]
    public async Task A_plain_request_is_passed_on_by_the_proxy_which_finds_the_name_itself()
    {
        await using var server = RawServer.Answering(Ok);
        await using var proxy = new AProxy(server.Port, "me:s3cr3t-pass");

        var result = await AProbe.RunAsync(AProbe.Job("http://nowhere.invalid:8080/a?b=c").WithProxy($"http://me:s3cr3t-pass@127.0.0.1:{proxy.Port}") with { Assertions = "body contains hi" });

        Assert.Equal("OK", result.Description);
        Assert.StartsWith("GET http://nowhere.invalid:8080/a?b=c HTTP/1.1\r\nHost: nowhere.invalid:8080\r\n", Assert.Single(proxy.Heads), StringComparison.Ordinal);
        Assert.Contains($"Through the proxy 127.0.0.1:{proxy.Port}, which finds the address of nowhere.invalid itself", result.Lines());
    }

    [Fact]
    public async Task TLS_is_spoken_with_the_target_through_a_tunnel_and_its_certificate_is_verified()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);
        await using var server = TlsProbeTests.Serving(certificate);
        await using var proxy = new AProxy(server.Port, "me:s3cr3t-pass");
        var job = AProbe.Job($"https://127.0.0.1:{server.Port}/").WithProxy($"http://me:s3cr3t-pass@127.0.0.1:{proxy.Port}");

        var trusted = await AProbe.RunAsync(job.WithTls(("ca", authority)));
        var untrusted = await AProbe.RunAsync(job);

        Assert.Equal(("OK", ProbeReasons.TlsUntrusted), (trusted.Description, untrusted.Reason));
        Assert.Contains("Proxy tunnel [OK]", trusted.Lines());
        Assert.All(proxy.Heads, head => Assert.StartsWith($"CONNECT 127.0.0.1:{server.Port} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n", head, StringComparison.Ordinal));
        Assert.NotNull(trusted.CertificateNotAfter);
    }

    [Theory]
    [InlineData("http", "", "wants a login: 407", "Give the target's proxy with a user and a password: http://user:password@host:port.")]
    [InlineData("https", "me:wr0ng-pass@", "refuses the login: 407", "Correct the user and password of the target's proxy; a probe logs in by Basic.")]
    public async Task A_login_that_the_proxy_wants_is_reported_as_the_proxys(string scheme, string login, string words, string advice)
    {
        await using var server = RawServer.Answering(Ok);
        await using var proxy = new AProxy(server.Port, "me:s3cr3t-pass");

        var result = await AProbe.RunAsync(AProbe.Job($"{scheme}://a.example/").WithProxy($"http://{login}127.0.0.1:{proxy.Port}"));

        Assert.Equal((ProbeReasons.ProxyRefused, $"the proxy 127.0.0.1:{proxy.Port} {words}", advice), (result.Reason, result.Description, result.Advice));
        Assert.Equal(0, server.Connections);
        Assert.DoesNotContain("wr0ng-pass", string.Join('\n', result.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_407_of_the_target_itself_is_not_the_proxys()
    {
        using var certificate = ACertificate.SelfSigned();
        await using var server = TlsProbeTests.Serving(certificate, answer: "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = new AProxy(server.Port);

        var result = await AProbe.RunAsync(
            AProbe.Job($"https://127.0.0.1:{server.Port}/").WithTls(("skip_verify", "true")).WithProxy($"http://127.0.0.1:{proxy.Port}"));

        Assert.Equal((ProbeReasons.StatusMismatch, "target status:407 != 200"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "opens no tunnel to a.example: 403 Forbidden", "Let the proxy's rules allow a.example, or change the target's proxy.")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", "opens no tunnel to a.example: 503 Service Unavailable", "The proxy does not reach a.example: see whether that is up, and whether the proxy finds its name and may connect to it.")]
    [InlineData("", "broke the connection off before it answered", "See whether an HTTP proxy listens there that takes CONNECT: a probe speaks neither SOCKS nor TLS to its proxy.")]
    public async Task A_proxy_that_opens_no_tunnel_is_reported_with_its_answer(string answer, string words, string advice)
    {
        await using var proxy = RawServer.Answering(answer);

        var result = await AProbe.RunAsync(AProbe.Job("https://a.example/").WithProxy(proxy.Url));

        Assert.Equal((ProbeReasons.ProxyRefused, $"the proxy 127.0.0.1:{proxy.Port} {words}", advice, null), (result.Reason, result.Description, result.Advice, result.StatusCode));
        Assert.Equal($"Proxy tunnel [FAIL] reason: {result.Description}", result.Lines()[^1]);
    }

    [Fact]
    public async Task A_server_that_is_no_proxy_is_reported_as_that()
    {
        await using var ssh = RawServer.Answering("SSH-2.0-OpenSSH_9.6\r\n");

        var result = await AProbe.RunAsync(AProbe.Job("https://a.example/").WithProxy(ssh.Url));

        Assert.Equal((ProbeReasons.ProxyRefused, $"what answers at 127.0.0.1:{ssh.Port} is no HTTP proxy"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_not_blamed_on_the_target()
    {
        var gone = RawServer.Answering("");
        await gone.DisposeAsync();

        var result = await AProbe.RunAsync(AProbe.Job("http://a.example/").WithProxy(gone.Url));
        var unknown = await AProbe.RunAsync(AProbe.Job("http://a.example/").WithProxy("http://nowhere.invalid:3128"));

        Assert.Equal(
            (ProbeReasons.ProxyUnreachable, $"no connection to the proxy 127.0.0.1:{gone.Port}: connection refused by 127.0.0.1:{gone.Port}"),
            (result.Reason, result.Description));
        Assert.Equal(ProbeReasons.ProxyUnreachable, unknown.Reason);
        Assert.StartsWith("no connection to the proxy nowhere.invalid:3128: could not resolve nowhere.invalid", unknown.Description, StringComparison.Ordinal);
        Assert.True(ProbeReasons.IsOfNetwork(result.Reason)); // another Prober may reach the proxy
    }

    [Fact]
    public async Task A_proxy_that_hangs_is_reported_when_the_time_is_over()
    {
        await using var proxy = new RawServer((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

        var result = await AProbe.RunAsync(AProbe.Job("https://a.example/").WithProxy(proxy.Url) with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal((ProbeReasons.ProxyUnreachable, $"the proxy 127.0.0.1:{proxy.Port} did not connect to the target within 200 ms"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest", "http://127.0.0.1:{0}", "Skypunch may not connect to 169.254.169.254, the target's proxy")]
    [InlineData("http://a.example/", "http://169.254.169.254:{0}", "Skypunch may not connect to 169.254.169.254, the target's proxy")]
    public async Task Neither_the_proxy_nor_an_address_behind_it_may_be_one_that_is_denied(string url, string proxy, string words)
    {
        await using var server = RawServer.Answering(Ok);
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, proxy, server.Port);

        var result = await AProbe.RunAsync(AProbe.Job(url).WithProxy(address));

        Assert.Equal((ProbeReasons.EgressDenied, 0), (result.Reason, server.Connections));
        Assert.Equal(url.Contains("169.254", StringComparison.Ordinal) ? "Skypunch may not connect to 169.254.169.254" : words, result.Description);
    }

    [Fact]
    public async Task Each_hop_of_a_redirect_goes_through_the_proxy()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            var answer = request.Contains(" http://a.example/ ", StringComparison.Ordinal)
                ? "HTTP/1.1 302 Found\r\nLocation: http://b.example/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : Ok;
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });
        await using var proxy = new AProxy(server.Port);

        var result = await AProbe.RunAsync(AProbe.Job("http://a.example/").WithProxy($"http://127.0.0.1:{proxy.Port}") with { MaxRedirects = 1 });

        Assert.Equal("OK", result.Description);
        Assert.Equal(["GET http://a.example/ HTTP/1.1", "GET http://b.example/x HTTP/1.1"], proxy.Heads.Select(head => head.Split("\r\n")[0]));
    }

    [Fact]
    public async Task A_malformed_proxy_in_a_row_is_a_fault_of_the_target_that_hides_the_password()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://a.example/").WithProxy("https://me:s3cr3t-pass@127.0.0.1:3128"));

        Assert.Equal(
            (ProbeReasons.TargetInvalid, "proxy must begin with http://: a probe speaks to its proxy in clear text, and through it as the target wants"),
            (result.Reason, result.Description));
    }
}
