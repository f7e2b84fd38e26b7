using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Prober.Http.OpenSsl;

namespace Skypunch.UnitTests.Prober;

/// <summary>The TLS client against the runtime's own server.</summary>
public sealed class OpenSslStreamTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly X509Certificate2 _certificate = ACertificate.SelfSigned(toDays: 30);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public OpenSslStreamTests()
    {
        Assert.SkipUnless(Libssl.IsThere, "This machine has no OpenSSL 3.");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_is_sent_arrives_in_both_directions_whatever_its_length(SslProtocols version)
    {
        var sent = RandomNumberGenerator.GetBytes((3 * 1024 * 1024) + 17); // more than the buffers of both sockets
        var (client, server) = await ConnectAsync(version);
        await using (client.Stream)
        await using (server)
        {
            var echo = EchoAsync(server, sent.Length);
            await client.Stream.WriteAsync(sent, Cancel);
            var received = new byte[sent.Length];
            await client.Stream.ReadExactlyAsync(received, Cancel);
            await echo;

            Assert.Equal(sent, received);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_certificates_the_version_and_the_suite_are_known_after_the_handshake(SslProtocols version)
    {
        var (client, server) = await ConnectAsync(version);
        await using (client.Stream)
        await using (server)
        {
            Assert.Equal(_certificate.RawData, Assert.Single(client.Stream.ReadCertificates()).ToArray());
            Assert.Equal(version == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2", client.Stream.Version);
            Assert.Equal(server.NegotiatedCipherSuite, client.Stream.CipherSuite);
            Assert.Equal(SslApplicationProtocol.Http11, server.NegotiatedApplicationProtocol);
            Assert.Equal("a.example", server.TargetHostName);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_server_that_closes_with_or_without_an_alert_has_ended_its_answer(SslProtocols version)
    {
        foreach (var withAlert in new[] { true, false })
        {
            var (client, server) = await ConnectAsync(version);
            await using (client.Stream)
            {
                await server.WriteAsync("the end"u8.ToArray(), Cancel);
                if (withAlert)
                {
                    await server.ShutdownAsync();
                }

                await server.DisposeAsync();
                using var answer = new MemoryStream();
                await client.Stream.CopyToAsync(answer, Cancel);

                Assert.Equal("the end"u8.ToArray(), answer.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_answer_that_ends_within_a_record_is_not_whole(SslProtocols version)
    {
        var (client, server) = await ConnectAsync(version);
        await using (client.Stream)
        {
            await server.WriteAsync("the beginning"u8.ToArray(), Cancel);
            await client.Server.SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 }, Cancel); // 3 bytes of a record of 100
            client.Server.Shutdown(SocketShutdown.Send);
            using var answer = new MemoryStream();

            await Assert.ThrowsAnyAsync<IOException>(() => client.Stream.CopyToAsync(answer, Cancel));
            Assert.Equal("the beginning"u8.ToArray(), answer.ToArray());
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_reset_is_told_as_such()
    {
        var (client, server) = await ConnectAsync(SslProtocols.Tls13);
        await using (client.Stream)
        {
            client.Server.LingerState = new LingerOption(true, 0);
            client.Server.Dispose();
            var fault = await Assert.ThrowsAnyAsync<IOException>(async () => await client.Stream.ReadExactlyAsync(new byte[1], Cancel));

            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(fault.InnerException).SocketErrorCode);
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_wait_for_the_server_ends_when_it_is_cancelled()
    {
        var (client, server) = await ConnectAsync(SslProtocols.Tls13);
        await using (client.Stream)
        await using (server)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var read = client.Stream.ReadAsync(new byte[1], deadline.Token);
            Assert.False(read.IsCompleted);
            await deadline.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        }
    }

    [Fact]
    public async Task A_server_that_knows_no_common_version_is_told_by_its_alert()
    {
        using var socket = await DialAsync();
        using var accepted = await _listener.AcceptAsync(Cancel);
        await using var stream = new OpenSslStream(socket, "a.example");
        var handshake = stream.HandshakeAsync(Cancel);
        await accepted.SendAsync(new byte[] { 21, 3, 3, 0, 2, 2, 70 }, Cancel); // the fatal alert protocol_version (RFC 8446, section 6)
        var fault = await Assert.ThrowsAnyAsync<IOException>(async () => await handshake);

        Assert.Equal("tlsv1 alert protocol version", Assert.IsType<AuthenticationException>(fault.InnerException).Message);
    }

    private async Task<Socket> DialAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndPoint!, Cancel);
        return socket;
    }

    private async Task<((OpenSslStream Stream, Socket Server) Client, SslStream Server)> ConnectAsync(SslProtocols version)
    {
        var socket = await DialAsync();
        var accepted = await _listener.AcceptAsync(Cancel);
        var server = new SslStream(new NetworkStream(accepted, ownsSocket: true));
        var shaking = server.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                EnabledSslProtocols = version,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            },
            Cancel);
        var client = new OpenSslStream(socket, "a.example");
        await client.HandshakeAsync(Cancel);
        await client.FlushAsync(Cancel); // the end of the handshake, which else goes out with the request
        await shaking;
        return ((client, accepted), server);
    }

    private static async Task EchoAsync(SslStream server, int length)
    {
        var received = new byte[length];
        await server.ReadExactlyAsync(received, Cancel);
        await server.WriteAsync(received, Cancel);
    }
}
