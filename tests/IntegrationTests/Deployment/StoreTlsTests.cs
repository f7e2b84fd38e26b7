using System.Net;
using MySqlConnector;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// TLS to the broker and the database: a server with a certificate of another authority or for another name is refused, and gets no
/// password.
/// </summary>
[Collection(nameof(Deployed))]
public sealed class StoreTlsTests : IDisposable
{
    private readonly ServerCertificate _certificate = new("localhost");
    private readonly ServerCertificate _stranger = new("localhost");

    public void Dispose()
    {
        _certificate.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_broker_is_trusted_only_with_a_certificate_for_its_name_by_the_configured_authority()
    {
        await using var broker = new RabbitMqBroker(_certificate);
        var bus = await broker.CreateVirtualHostAsync();

        await IsReadyAsync(Prober(broker, bus, "localhost", _certificate.Authority));
        await IsReadyAsync(Prober(broker, bus, "127.0.0.1", _certificate.Authority, serverName: "localhost"));
        await IsRefusedAsync(Prober(broker, bus, "localhost", _stranger.Authority), "certificate");
        await IsRefusedAsync(Prober(broker, bus, "localhost", authority: null), "certificate");
        await IsRefusedAsync(Prober(broker, bus, "127.0.0.1", _certificate.Authority), "certificate");
    }

    [Fact]
    public async Task A_database_is_trusted_only_with_a_certificate_for_its_name_by_the_configured_authority()
    {
        await using var server = new MySqlServer(_certificate);
        var connection = new MySqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { SslMode = MySqlSslMode.VerifyFull, Server = "localhost" };

        connection.SslCa = _certificate.Authority;
        await IsReadyAsync(Scheduler(connection));
        connection.SslCa = _stranger.Authority;
        await IsRefusedAsync(Scheduler(connection), "Waiting for the Scheduler database");
        connection.SslCa = "";
        await IsRefusedAsync(Scheduler(connection), "Waiting for the Scheduler database");
        connection.SslCa = _certificate.Authority;
        connection.Server = "127.0.0.1";
        await IsRefusedAsync(Scheduler(connection), "Waiting for the Scheduler database");
    }

    [Fact]
    public async Task A_CA_file_that_does_not_exist_is_reported_at_the_start()
    {
        await using var prober = Start("Prober", new() { ["RabbitMq__UseSsl"] = "true", ["RabbitMq__CaFile"] = "/no/such/file" });

        await Eventually.HoldsAsync(() => prober.Log.Any(line => line.Contains("RabbitMq:CaFile must name a PEM file", StringComparison.Ordinal)), "the log says what is wrong");
    }

    private static async Task IsReadyAsync(ServiceProcess service)
    {
        await using (service)
        {
            await service.WaitUntilReadyAsync();
        }
    }

    private static async Task IsRefusedAsync(ServiceProcess service, string said)
    {
        await using (service)
        {
            await Eventually.HoldsAsync(() => service.Log.Any(line => line.Contains(said, StringComparison.Ordinal) && line.Contains("certificate", StringComparison.Ordinal)), "the log says why it is refused");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await service.StatusOfAsync("/readyz"));
        }
    }

    private static ServiceProcess Prober(RabbitMqBroker broker, VirtualHost bus, string host, string? authority, string serverName = "")
    {
        var settings = new Dictionary<string, string>
        {
            ["RabbitMq__Host"] = host,
            ["RabbitMq__Port"] = $"{broker.TlsPort}",
            ["RabbitMq__VHost"] = bus.Name,
            ["RabbitMq__User"] = bus.User,
            ["RabbitMq__Pass"] = bus.Password,
            ["RabbitMq__UseSsl"] = "true",
            ["RabbitMq__ServerName"] = serverName,
        };
        if (authority is not null)
        {
            settings["RabbitMq__CaFile"] = authority;
        }

        return Start("Prober", settings);
    }

    private static ServiceProcess Scheduler(MySqlConnectionStringBuilder connection) => Start("Scheduler", new()
    {
        ["Kestrel__Endpoints__Admin__Url"] = $"http://127.0.0.1:{ContainerServer.FreePort()}",
        ["Bus__Transport"] = "InMemory",
        ["Admin__Token"] = "a-token",
        ["ConnectionStrings__Scheduler"] = connection.ConnectionString,
    });

    private static ServiceProcess Start(string service, Dictionary<string, string> settings)
    {
        settings["Secrets__Key"] = Convert.ToBase64String(new byte[32]);
        return ServiceProcess.Start(service, ContainerServer.FreePort(), settings);
    }
}
