using System.Net.Security;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

/// <summary>
/// Answers that are slightly wrong, or that come from a server for another protocol. What can be read is read; the rest is reported
/// precisely.
/// </summary>
public sealed class AsEveryClientReadsTests
{
    [Theory]
    [InlineData("HTTP/1.1 503 Down\r\nServ")]
    [InlineData("HTTP/1.1 503 Down\r\nServer: x\r\n")]
    [InlineData("HTTP/1.1 503 Down\r\n")]
    public async Task A_head_that_breaks_off_has_the_status_that_was_read(string answer)
    {
        await using var server = RawServer.Answering(answer);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((503, "target status:503 != 200"), (result.StatusCode, result.Description));
        Assert.Contains("Received 503 Down", result.Lines());
    }

    [Fact]
    public async Task A_head_that_breaks_off_after_the_expected_status_fails_with_that_status()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nServ");

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((200, ProbeReasons.ConnectionReset), (result.StatusCode, result.Reason));
    }

    [Fact]
    public async Task A_repeated_Location_counts_once_and_two_different_ones_are_named()
    {
        await using var alike = Answering("Location: /next\r\nLocation:  /next \r\n");
        await using var unlike = Answering("Location: /next\r\nLocation: http://u:p@other.example/\r\n");

        var followed = await AProbe.RunAsync(AProbe.Job(alike.Url) with { MaxRedirects = 1 });
        var refused = await AProbe.RunAsync(AProbe.Job(unlike.Url) with { MaxRedirects = 1 });

        Assert.Equal(("OK", 2), (followed.Description, alike.Connections));
        Assert.Equal(
            (ProbeReasons.RedirectError, "the 302 redirects to more than one place: '/next' and 'http://***@other.example/'", 1),
            (refused.Reason, refused.Description, unlike.Connections));
    }

    [Fact]
    public async Task A_server_that_speaks_HTTP_2_only_is_reported_as_that_with_what_to_do()
    {
        using var certificate = ACertificate.SelfSigned();
        await using var server = TlsProbeTests.Serving(certificate, options => options.ApplicationProtocols = [SslApplicationProtocol.Http2]);

        var result = await AProbe.RunAsync(AProbe.Job($"https://127.0.0.1:{server.Port}/").WithTls(("skip_verify", "true")));

        Assert.Equal(
            (ProbeReasons.ProtocolError, "the server does not speak HTTP/1.1", "It may speak HTTP/2 only: set the target's http_version to 2."),
            (result.Reason, result.Description, result.Advice));
    }

    [Theory]
    [InlineData(512, "OK")]
    [InlineData(513, "body is JSON of more than 512 levels, which is too deep to be judged")]
    [InlineData(20_000, "body is JSON of more than 512 levels, which is too deep to be judged")]
    public async Task JSON_is_judged_as_deep_as_it_may_be_and_told_where_it_is_deeper(int levels, string words)
    {
        var body = new string('[', levels) + new string(']', levels);
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "json $[0] length == 1" });

        Assert.Equal(words, result.Description);
    }

    private static RawServer Answering(string locations) => new(async (stream, token) =>
    {
        var isFirst = (await RawServer.ReadRequestAsync(stream, token)).StartsWith("GET / ", StringComparison.Ordinal);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {(isFirst ? $"302 Found\r\n{locations}" : "200 OK\r\n")}Content-Length: 0\r\n\r\n"), token);
    });
}
