using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Prober;

/// <summary>Answers that no library is made for still end in a result: a target that is down must FAIL.</summary>
public sealed class StrangeAnswersTests
{
    [Theory]
    [InlineData("1e99999999999", "json $.up is 1e99999999999, not 1")]
    [InlineData("-1e-99999999999999999999", "json $.up is -1e-99999999999999999999, not 1")]
    [InlineData("\"\\ud800\"", "json $.up is \"\\ud800\", not 1")]
    public async Task A_value_out_of_all_range_is_not_the_wanted_one(string value, string words)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\n\r\n{{\"up\":{value}}}");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "json $.up == 1" });

        Assert.Equal((ProbeReasons.AssertionFailed, words), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("//xn--ß/", "the 302 redirects to '//xn--ß/', whose host name cannot be one of DNS")]
    [InlineData("http://xn--ü.example/", "the 302 redirects to 'http://xn--ü.example/', whose host name cannot be one of DNS")]
    [InlineData("//a:0/", "the 302 redirects to '//a:0/', which has the port 0")]
    [InlineData("//me:hidden@a/", "the 302 redirects to '//***@a/', which has a user and password in it: a probe sends none that it has not been given")]
    [InlineData("//[::1/", "the 302 redirects to '//[::1/', which is no http or https URL")]
    public async Task A_redirect_to_no_host_is_reported(string location, string words)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n"), token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 1 });

        Assert.Equal((ProbeReasons.RedirectError, words), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("http://xn--ß/", "url 'http://xn--ß/' has a host name that cannot be one of DNS; correct it")]
    [InlineData("http://a:0/", "url 'http://a:0/' has port 0; use a port from 1 to 65535")]
    public async Task A_target_with_no_such_host_is_reported(string url, string words)
    {
        var result = await AProbe.RunAsync(url);

        Assert.Equal((ProbeReasons.TargetInvalid, words), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("the window overflows", new byte[] { 0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff })]
    [InlineData("the first window is negative", new byte[] { 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff })]
    [InlineData("a frame of no stream", new byte[] { 0, 0, 1, 0, 0, 0, 0, 0, 9, 1 })]
    [InlineData("headers that cannot be unpacked", new byte[] { 0, 0, 2, 1, 4, 0, 0, 0, 1, 0xff, 0xff })]
    [InlineData("a settings frame that breaks off", new byte[] { 0, 0, 6, 4, 0, 0 })]
    [InlineData("the stream is reset", new byte[] { 0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8 })]
    public async Task An_HTTP_2_server_that_breaks_the_rules_is_a_protocol_error(string what, byte[] frames)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, token);
            await stream.ReadExactlyAsync(new byte[24], token);
            await stream.WriteAsync(frames, token);
            stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null, token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { HttpVersion = HttpVersions.Http2 });

        Assert.True(result.Reason is ProbeReasons.ProtocolError, $"{what}: {result.Reason}, {result.Description}");
    }
}
