using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Prober;

/// <summary>What holds for a handshake whoever makes it: OpenSSL by itself, as for HTTP/1.1, or the runtime, as for HTTP/2 (decision 30).</summary>
public sealed class TlsWaysTests
{
    [Fact]
    public async Task A_server_that_never_lets_the_handshake_end_is_left_at_the_deadline()
    {
        // Requests for a handshake, which a client passes over while it shakes hands (RFC 5246, section 7.4.1.1).
        byte[] flood = [.. Enumerable.Repeat<byte[]>([22, 3, 3, 0, 4, 0, 0, 0, 0], 5000).SelectMany(message => message)];
        await using var server = new RawServer(async (stream, token) =>
        {
            while (true)
            {
                await stream.WriteAsync(flood, token);
            }
        });

        var job = AProbe.Job(UrlOf(server)) with { Timeout = TimeSpan.FromMilliseconds(500) };
        var result = await AProbe.RunAsync(job).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal("TLS handshake with 127.0.0.1 not done within 500 ms", result.Description);
    }

    [Fact]
    public async Task A_server_is_offered_the_same_cipher_suites_in_an_order_of_our_own()
    {
        var (bySslStream, byOpenSsl) = (await SuitesAsync(HttpVersions.Http2), await SuitesAsync(HttpVersions.Http11));

        Assert.Equal(bySslStream.Order(), byOpenSsl.Order());
        Assert.Equal(TlsCipherSuite.TLS_AES_128_GCM_SHA256, byOpenSsl[0]);
    }

    [Theory]
    [InlineData(HttpVersions.Http11)]
    [InlineData(HttpVersions.Http2)]
    public async Task A_dot_at_the_end_of_a_name_is_not_told_to_the_server(string version)
    {
        using var certificate = ACertificate.SelfSigned("internal.example");
        var asked = new TaskCompletionSource<string>();
        await using var server = TlsProbeTests.Serving(certificate, options =>
        {
            options.ServerCertificate = null;
            options.ServerCertificateSelectionCallback = (_, name) =>
            {
                asked.TrySetResult(name ?? "");
                return certificate;
            };
        });

        await AProbe.RunAsync(AProbe.Job(UrlOf(server)).WithTls(("server_name", "internal.example."), ("skip_verify", "true")) with { HttpVersion = version });

        Assert.Equal("internal.example", await asked.Task);
    }

    [Theory]
    [InlineData("a.example", "a.example", true)]
    [InlineData("A.Example", "a.example", true)]
    [InlineData("a.example", "a.example.", true)]
    [InlineData("a.example", "b.example", false)]
    [InlineData("*.a.example", "x.a.example", true)]
    [InlineData("*.a.example", "a.example", false)]
    [InlineData("*.a.example", "y.x.a.example", false)]
    [InlineData("f*.a.example", "foo.a.example", false)]
    [InlineData("*.example", "a.example", false)] // all hosts below one label
    [InlineData("*", "localhost", false)]
    public async Task A_certificate_is_for_the_same_hosts(string name, string host, bool isFor)
    {
        using var certificate = ACertificate.SelfSigned(name);
        await using var server = TlsProbeTests.Serving(certificate, options => options.ApplicationProtocols = [SslApplicationProtocol.Http11, SslApplicationProtocol.Http2]);

        foreach (var version in new[] { HttpVersions.Http11, HttpVersions.Http2 })
        {
            var job = AProbe.Job(UrlOf(server)).WithTls(("server_name", host), ("ca", certificate.ExportCertificatePem())) with { HttpVersion = version };
            var result = await AProbe.RunAsync(job);

            Assert.Equal(isFor, result.Reason != ProbeReasons.TlsNameMismatch);
        }
    }

    public static TheoryData<string, byte[]> Beginnings => new()
    {
        { "an answer of HTTP", [.. "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8] },
        { "SSH", [.. "SSH-2.0-OpenSSH_9.6\r\n"u8] },
        { "SMTP", [.. "220 mail.example ESMTP\r\n"u8] },
        { "zeros", new byte[100] },
        { "ones", [.. Enumerable.Repeat<byte>(255, 100)] },
        { "nothing", [] },
        { "a part of a head", [22, 3, 3] },
        { "a part of a record", [22, 3, 3, 0, 100, 2] },
        { "an unknown message", [22, 3, 3, 0, 4, 99, 0, 0, 0] },
        { "a record of another type", [99, 3, 3, 0, 4, 99, 0, 0, 0] },
        { "TLS 1.0", [22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, .. new byte[32], 0, 0, 0x2F, 0] },
        { "TLS 1.1", [22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2, .. new byte[32], 0, 0, 0x2F, 0] },
        { "SSL 3", [22, 3, 0, 0, 42, 2, 0, 0, 38, 3, 0, .. new byte[32], 0, 0, 0x2F, 0] },
        { "close_notify", [21, 3, 3, 0, 2, 1, 0] },
        { "handshake_failure", [21, 3, 3, 0, 2, 2, 40] },
        { "bad_certificate", [21, 3, 3, 0, 2, 2, 42] },
        { "unknown_ca", [21, 3, 3, 0, 2, 2, 48] },
        { "protocol_version", [21, 3, 3, 0, 2, 2, 70] },
        { "internal_error", [21, 3, 3, 0, 2, 2, 80] },
        { "unrecognized_name", [21, 3, 3, 0, 2, 2, 112] },
        { "certificate_required", [21, 3, 3, 0, 2, 2, 116] },
        { "an unknown alert", [21, 3, 3, 0, 2, 2, 200] },
        { "warnings", [.. Enumerable.Repeat<byte[]>([21, 3, 3, 0, 2, 1, 112], 20).SelectMany(alert => alert)] },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task A_server_that_does_not_shake_hands_is_reported_alike(string what, byte[] beginning)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await ReadHelloAsync(stream, token);
            await stream.WriteAsync(beginning, token);
            stream.Socket.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[1000], token) > 0)
            {
            }
        });

        var one = await RunAsync(server, HttpVersions.Http11);
        var other = await RunAsync(server, HttpVersions.Http2);

        Assert.Equal((what, other.Reason, other.Description, other.Advice), (what, one.Reason, one.Description, one.Advice));
    }

    [Fact]
    public async Task A_reset_in_the_handshake_is_reported_alike()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await ReadHelloAsync(stream, token);
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Dispose(); // without the shutdown by which a stream begins its end
        });

        foreach (var version in new[] { HttpVersions.Http11, HttpVersions.Http2 })
        {
            var result = await RunAsync(server, version);
            Assert.Equal((ProbeReasons.ConnectionReset, "connection reset during the TLS handshake"), (result.Reason, result.Description));
        }
    }

    private static Task<ProbeResult> RunAsync(RawServer server, string version)
        => AProbe.RunAsync(AProbe.Job(UrlOf(server)) with { HttpVersion = version });

    private static string UrlOf(RawServer server) => $"https://127.0.0.1:{server.Port}/";

    private static async Task<byte[]> ReadHelloAsync(Stream stream, CancellationToken token)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, token);
        var hello = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
        await stream.ReadExactlyAsync(hello, token);
        return hello;
    }

    // RFC 8446, section 4.1.2: the type and the length of the message, the version, 32 random bytes, the session, the suites.
    private static async Task<TlsCipherSuite[]> SuitesAsync(string version)
    {
        byte[] hello = [];
        await using (var server = new RawServer(async (stream, token) => hello = await ReadHelloAsync(stream, token)))
        {
            await RunAsync(server, version);
        }

        var rest = hello.AsSpan(4 + 2 + 32);
        rest = rest[(1 + rest[0])..];
        var suites = rest.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(rest));
        return [.. suites.ToArray().Chunk(2).Select(pair => (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(pair))];
    }
}
