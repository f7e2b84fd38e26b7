using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class RequestOptionsTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task Headers_are_sent_and_may_replace_our_own()
    {
        var asked = await AskedAsync(job => job.WithHeaders("Host: other.example", "User-Agent: Me/1", "Accept: text/html", "X-Api-Key: 12345678"));

        Assert.Contains("\r\nHost: other.example\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: Me/1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: text/html\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Api-Key: 12345678\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Skypunch", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}", null, "application/json")]
    [InlineData("a=1&b=2", null, "text/plain; charset=utf-8")]
    [InlineData("a=1&b=2", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded")]
    public async Task A_body_is_sent_with_its_content_type(string body, string? given, string sent)
    {
        var asked = await AskedAsync(job => job.WithBody(body) with { Method = "POST", ContentType = given });

        Assert.Contains($"\r\nContent-Type: {sent}\r\n", asked, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPTIONS", "OPTIONS")]
    [InlineData("options", "OPTIONS")]
    [InlineData("PROPFIND", "PROPFIND")]
    [InlineData("query", "query")]
    public async Task A_method_is_sent_as_it_is_meant(string method, string sent)
    {
        var asked = await AskedAsync(job => job with { Method = method });

        Assert.StartsWith($"{sent} / HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("REPORT")]
    public async Task Any_method_but_HEAD_may_have_a_body(string method)
    {
        var asked = await AskedAsync(job => job.WithBody("{\"query\":{}}") with { Method = method });

        Assert.StartsWith($"{method} / HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\nContent-Length: 12\r\n", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(600)]
    public async Task A_status_that_has_no_meaning_can_be_expected(int status)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} Strange\r\nContent-Length: 0\r\n\r\n");

        var expected = await AProbe.RunAsync(AProbe.Job(server.Url) with { PassResult = $"{status}" });
        var other = await AProbe.RunAsync(AProbe.Job(server.Url));

        Assert.Equal((true, status), (expected.Passed, expected.StatusCode));
        Assert.Equal((ProbeReasons.StatusMismatch, $"target status:{status} != 200"), (other.Reason, other.Description));
    }

    [Fact]
    public async Task A_timeout_below_a_second_is_kept_and_told()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Timeout = TimeSpan.FromMilliseconds(250) });

        Assert.Equal((ProbeReasons.RequestTimeout, "no answer within 250 ms"), (result.Reason, result.Description));
        // A timer of .NET counts ticks of a coarse clock (4 ms on Linux), so it may end that much too early.
        Assert.InRange(result.Duration.TotalMilliseconds, 250 - 4, 5000);
    }

    [Theory]
    [InlineData("no colon", "headers must be 'Name: value', but line 1 has no name and colon")]
    public async Task Malformed_headers_in_a_row_are_a_fault_of_the_target(string headers, string words)
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9").WithHeaders(headers));

        Assert.Equal((ProbeReasons.TargetInvalid, words), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_content_type_with_a_line_break_is_a_fault_of_the_target()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9").WithBody("x") with { Method = "POST", ContentType = "text/plain\r\nX-Injected: y" });

        Assert.Equal((ProbeReasons.TargetInvalid, "content_type 'text/plain  X-Injected: y' must be on one line, in ASCII"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("3", "ANY", "http_version '3' must be 1.1 or 2")]
    [InlineData("2", "6", "ip_family '6' must be one of ANY, IPV4, IPV6, PREFER_IPV4, PREFER_IPV6")]
    public async Task An_unknown_HTTP_version_or_address_family_is_a_fault_of_the_target(string version, string family, string words)
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9") with { HttpVersion = version, IpFamily = family });

        Assert.Equal((ProbeReasons.TargetInvalid, words), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("IPV4", "127.0.0.1")]
    [InlineData("prefer_ipv4", "127.0.0.1")]
    public async Task A_family_of_addresses_is_chosen(string family, string address)
    {
        await using var server = RawServer.Answering(Ok);

        var result = await AProbe.RunAsync(AProbe.Job($"http://localhost:{server.Port}") with { IpFamily = family });

        Assert.Equal("OK", result.Description);
        Assert.Equal(address, result.Lines()[1].Split(" to ")[1].Split(',', ' ')[0]);
    }

    [Fact]
    public async Task An_address_of_another_family_is_not_used()
    {
        var result = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9/") with { IpFamily = "IPV6" });

        Assert.Equal((ProbeReasons.DnsError, "could not resolve 127.0.0.1: it has no IPv6 address"), (result.Reason, result.Description));
        Assert.Equal("Give 127.0.0.1 such an address, or change the target's ip_family.", result.Advice);
        Assert.Equal("Name resolution [FAIL] reason: could not resolve 127.0.0.1: it has no IPv6 address", result.Lines()[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HTTP_2_is_spoken_over_TLS_and_in_clear_text_on_a_connection_for_each_probe(bool isSecure)
    {
        var connections = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        using var certificate = ACertificate.SelfSigned();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (isSecure)
            {
                listen.UseHttps(certificate);
            }
        }));
        await using var app = builder.Build();
        app.Run(async context =>
        {
            connections[context.Connection.Id] = context.Request.Protocol;
            using var body = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"fine: {context.Request.Method} {await body.ReadToEndAsync(context.RequestAborted)}", context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var services = AProbe.Parts().BuildProbe(out var probe);
        var job = AProbe.Job(app.Urls.First()).WithTls(("skip_verify", "true")) with { HttpVersion = "2", Assertions = "body contains fine: GET" };

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => probe.RunAsync(job, traced: true, TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.Equal("OK", result.Description));
        Assert.All(results, result => Assert.NotNull(result.Timings.Wait));
        Assert.Equal(10, connections.Count);
        Assert.All(connections.Values, protocol => Assert.Equal("HTTP/2", protocol));
        Assert.Contains("First byte of the answer", results[0].Lines());
        foreach (var method in new[] { "GET", "PROPFIND" })
        {
            var withBody = await probe.RunAsync(
                job.WithBody("a body") with { Method = method, Assertions = $"body contains fine: {method} a body" }, traced: true, TestContext.Current.CancellationToken);
            Assert.Equal("OK", withBody.Description);
        }
    }

    [Fact]
    public async Task A_server_without_HTTP_2_is_reported_as_that()
    {
        await using var plain = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token); // the first line of HTTP/2 looks like a request of HTTP/1.1
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        using var certificate = ACertificate.SelfSigned();
        await using var secure = TlsProbeTests.Serving(certificate);

        var overPlain = await AProbe.RunAsync(AProbe.Job(plain.Url) with { HttpVersion = "2" });
        var overTls = await AProbe.RunAsync(
            AProbe.Job($"https://127.0.0.1:{secure.Port}").WithTls(("skip_verify", "true")) with { HttpVersion = "2" });

        Assert.Equal(ProbeReasons.ProtocolError, overPlain.Reason);
        Assert.Equal((ProbeReasons.ProtocolError, "the server does not speak HTTP/2"), (overTls.Reason, overTls.Description));
    }

    private static async Task<string> AskedAsync(Func<ProbeJob, ProbeJob> with)
    {
        var asked = "";
        await using var server = new RawServer(async (stream, token) =>
        {
            asked = await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Ok), token);
            stream.Socket.Shutdown(SocketShutdown.Send);
        });
        var result = await AProbe.RunAsync(with(AProbe.Job(server.Url)));
        Assert.Equal("OK", result.Description);
        return asked;
    }
}
