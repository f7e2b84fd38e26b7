using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>TLS on the admin APIs by Kestrel's own settings, as in docs/operations.md and k8s/components/tls.</summary>
[Collection(nameof(Deployed))]
public sealed class TlsTests : IDisposable
{
    private const string Token = "a-token";

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-tls-").FullName;
    private readonly X509Certificate2 _authority;
    private readonly int _schedulerPort = ContainerServer.FreePort();
    private readonly int _notifierPort = ContainerServer.FreePort();

    public TlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Skypunch test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));
        File.WriteAllText(In("ca.crt"), _authority.ExportCertificatePem());
        WriteCertificate();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_certificate_protects_both_admin_APIs_and_is_reloaded_when_its_file_changes()
    {
        await using var notifier = Start("Notifier", _notifierPort, new());
        await using var scheduler = Start("Scheduler", _schedulerPort, new() { ["Scheduler__NotifierUrl"] = $"https://localhost:{_notifierPort}" });
        await notifier.WaitUntilReadyAsync();
        await scheduler.WaitUntilReadyAsync();

        Assert.StartsWith("[", await CommandLine(trusting: true).DoAsync(Arguments("targets")), StringComparison.Ordinal);
        Assert.StartsWith("[", await CommandLine(trusting: true).DoAsync(Arguments("notifiers")), StringComparison.Ordinal); // forwarded
        Assert.NotEqual(0, (await CommandLine(trusting: false).RunAsync(Arguments("targets"))).ExitCode);

        var before = await PresentedAsync();
        WriteCertificate();
        await Eventually.HoldsAsync(async () => await PresentedOrRefusedAsync() is { } now && now != before, "the Scheduler presents the new certificate");
    }

    private ServiceProcess Start(string service, int port, Dictionary<string, string> settings)
        => ServiceProcess.Start(service, ContainerServer.FreePort(), settings.Concat(new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__Admin__Url"] = string.Create(CultureInfo.InvariantCulture, $"https://0.0.0.0:{port}"),
            ["Kestrel__Endpoints__Admin__Certificate__Path"] = In("tls.crt"),
            ["Kestrel__Endpoints__Admin__Certificate__KeyPath"] = In("tls.key"),
            ["SSL_CERT_FILE"] = In("ca.crt"),
            ["Admin__Token"] = Token,
            ["Secrets__Key"] = Convert.ToBase64String(new byte[32]),
            ["Bus__Transport"] = "InMemory",
            ["Database__Provider"] = "Sqlite",
            [$"ConnectionStrings__{service}"] = $"Data Source={In(service)}.db",
        }));

    private string[] Arguments(string verb) => ["--server", $"https://localhost:{_schedulerPort}", "--output", "json", verb];

    private Tool CommandLine(bool trusting)
    {
        var variables = new Dictionary<string, string> { ["SKYPUNCH_TOKEN"] = Token, ["SKYPUNCH_HOME"] = In("home") };
        if (trusting)
        {
            variables["SSL_CERT_FILE"] = In("ca.crt");
        }

        return Tool.Skypunch(variables);
    }

    // To load a new certificate, Kestrel closes its port and opens it again; in between the connection is refused.
    private async Task<string?> PresentedOrRefusedAsync()
    {
        try
        {
            return await PresentedAsync();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    private async Task<string> PresentedAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _schedulerPort, TestContext.Current.CancellationToken);
#pragma warning disable CA5359 // the test only reads the certificate
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, TestContext.Current.CancellationToken);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_authority, Now.AddHours(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(In("tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(In("tls.crt"), certificate.ExportCertificatePem());
    }

    private string In(string name) => Path.Combine(_folder, name);
}
