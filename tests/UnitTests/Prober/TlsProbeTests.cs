using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class TlsProbeTests
{
    [Fact]
    public async Task A_certificate_of_a_trusted_authority_passes_and_stands_in_the_trace()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority, TestContext.Current.CancellationToken);
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)), ("Prober:TrustedCaFile", file));

        File.Delete(file);
        Assert.Equal("OK", result.Description);
        Assert.NotNull(result.Timings.Tls);
        var lines = result.Lines();
        Assert.Contains(lines, line => line.StartsWith("Certificate CN=127.0.0.1, issued by CN=Test authority, valid to 20", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("TLS 1.3 with TLS_", StringComparison.Ordinal));
        Assert.Contains("TLS handshake [OK]", lines);
    }

    [Theory]
    [InlineData("127.0.0.1", 30, ProbeReasons.TlsUntrusted, "certificate is self-signed and not trusted")]
    [InlineData("127.0.0.1", -1, ProbeReasons.TlsExpired, "certificate expired on 20")]
    [InlineData("other.example", 30, ProbeReasons.TlsNameMismatch, "certificate is for other.example, not for 127.0.0.1; certificate is self-signed")]
    public async Task A_certificate_that_is_not_good_is_refused_and_the_fault_is_named(string name, int toDays, string reason, string words)
    {
        using var certificate = ACertificate.SelfSigned(name, toDays: toDays);
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(Https(server));

        Assert.Equal(reason, result.Reason);
        Assert.StartsWith(words, result.Description, StringComparison.Ordinal);
        Assert.Equal($"TLS handshake [FAIL] reason: {result.Description}", result.Lines()[^1]);
        Assert.Null(result.StatusCode);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_the_targets_fault()
    {
        using var certificate = ACertificate.WithBrokenNames();
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(Https(server));

        Assert.Equal((ProbeReasons.TlsError, "the server's certificate is malformed"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_server_without_TLS_fails_the_handshake()
    {
        await using var server = RawServer.Answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n\r\n\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)) with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(ProbeReasons.TlsError, result.Reason);
        Assert.StartsWith("TLS handshake", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_handshake_is_said_to_have_done_so()
    {
        await using var server = new RawServer(async (stream, token) => await stream.ReadExactlyAsync(new byte[100], token));

        var result = await AProbe.RunAsync(Https(server));

        Assert.Contains(result.Reason, new[] { ProbeReasons.TlsError, ProbeReasons.ConnectionReset });
        Assert.EndsWith("during the TLS handshake", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_does_not_go_on_ends_at_the_deadline()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)) with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal((ProbeReasons.TlsError, "TLS handshake with 127.0.0.1 not done within 200 ms"), (result.Reason, result.Description));
    }

    private static string Https(RawServer server) => $"https://127.0.0.1:{server.Port}/";

    private static RawServer Serving(X509Certificate2 certificate) => new(async (stream, token) =>
    {
        await using var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            await RawServer.ReadRequestAsync(tls, token);
            await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray(), token);
            await tls.ShutdownAsync();
        }
        catch (AuthenticationException)
        {
            // The probe does not trust us.
        }
    });
}
