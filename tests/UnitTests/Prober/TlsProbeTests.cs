using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Contracts;
using Skypunch.UnitTests.Standalone;

namespace Skypunch.UnitTests.Prober;

public sealed class TlsProbeTests
{
    [Fact]
    public async Task A_certificate_of_a_trusted_authority_passes_and_stands_in_the_trace()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);
        using var folder = new TempFolder();
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)), ("Prober:TrustedCaFile", folder.Write("ca.crt", authority)));

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
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)) with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((ProbeReasons.TlsError, "TLS handshake failed: what answers there does not speak TLS"), (result.Reason, result.Description));
        Assert.Equal("See whether 127.0.0.1 speaks plain HTTP at that port: the URL would begin with http://.", result.Advice);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_handshake_is_reported_as_that()
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

    [Fact]
    public async Task A_certificate_that_the_target_does_not_want_verified_passes_and_its_faults_are_reported()
    {
        using var certificate = ACertificate.SelfSigned("other.example", toDays: -1);
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(AProbe.Job(Https(server)).WithTls(("skip_verify", "true")));

        Assert.Equal("OK", result.Description);
        Assert.Contains(
            result.Lines(),
            line => line.StartsWith("Not verified, as the target wants it: certificate is for other.example, not for 127.0.0.1; certificate expired on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_may_bring_its_own_authority_and_ask_by_another_name()
    {
        using var certificate = ACertificate.SelfSigned("internal.example");
        var asked = "";
        await using var server = Serving(certificate, options =>
        {
            options.ServerCertificate = null;
            options.ServerCertificateSelectionCallback = (_, name) =>
            {
                asked = name;
                return certificate;
            };
        });

        var result = await AProbe.RunAsync(
            AProbe.Job(Https(server)).WithTls(("ca", certificate.ExportCertificatePem()), ("server_name", "internal.example")));

        Assert.Equal(("OK", "internal.example"), (result.Description, asked));
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), result.CertificateNotAfter?.UtcDateTime);
    }

    [Fact]
    public async Task A_target_may_show_a_certificate_of_its_own()
    {
        using var certificate = ACertificate.SelfSigned();
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var mine = new CertificateRequest("CN=prober", key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        var shown = "";
        await using var server = Serving(certificate, options =>
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, client, _, _) =>
            {
                shown = client?.Subject ?? "none";
                return client is not null;
            };
        });
        var plain = AProbe.Job(Https(server)).WithTls(("skip_verify", "true"));

        var without = await AProbe.RunAsync(plain);
        var with = await AProbe.RunAsync(plain.WithTls(
            ("skip_verify", "true"), ("client_certificate", mine.ExportCertificatePem()), ("client_key", key.ExportPkcs8PrivateKeyPem())));

        Assert.False(without.Passed);
        Assert.Equal(("OK", "CN=prober"), (with.Description, shown));
    }

    [Theory]
    [InlineData(40, null)]
    [InlineData(20, " is valid for 2")]
    public async Task A_certificate_must_last_as_long_as_the_target_wants(int toDays, string? words)
    {
        using var certificate = ACertificate.SelfSigned(toDays: toDays);
        await using var server = Serving(certificate);

        var result = await AProbe.RunAsync(
            AProbe.Job(Https(server)).WithTls(("ca", certificate.ExportCertificatePem())) with { Assertions = "certificate > 30d" });

        Assert.Equal(words is null, result.Passed);
        Assert.Contains(words ?? "OK", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_an_old_version_of_TLS_is_reported_as_that()
    {
        // The beginning of a ServerHello of TLS 1.0 (RFC 2246, section 7.4.1.3).
        byte[] hello = [0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, .. new byte[32], 0, 0, 0x2F, 0];
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.ReadExactlyAsync(new byte[100], token);
            await stream.WriteAsync(hello, token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        var result = await AProbe.RunAsync(Https(server));

        Assert.Equal(
            (ProbeReasons.TlsError, "TLS handshake failed: the server speaks no version of TLS that is safe", "Enable TLS 1.2 or 1.3 at 127.0.0.1."),
            (result.Reason, result.Description, result.Advice));
    }

    private static string Https(RawServer server) => $"https://127.0.0.1:{server.Port}/";

    internal static RawServer Serving(
        X509Certificate2 certificate,
        Action<SslServerAuthenticationOptions>? configure = null,
        string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") => new(async (stream, token) =>
    {
        await using var tls = new SslStream(stream);
        try
        {
            var options = new SslServerAuthenticationOptions { ServerCertificate = certificate };
            configure?.Invoke(options);
            await tls.AuthenticateAsServerAsync(options, token);
            await RawServer.ReadRequestAsync(tls, token);
            await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), token);
            await tls.ShutdownAsync();
        }
        catch (AuthenticationException)
        {
            // The probe does not trust the server.
        }
    });
}
