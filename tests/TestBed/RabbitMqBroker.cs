using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.RabbitMq;

namespace Skypunch.TestBed;

/// <summary>A real RabbitMQ. Each test class creates its own virtual host in it.</summary>
public sealed class RabbitMqBroker : ContainerServer
{
    private const string User = "skypunch";
    private const string Password = "skypunch";
    private const UnixFileModes Readable = UnixFileModes.UserRead | UnixFileModes.GroupRead | UnixFileModes.OtherRead;
    private readonly int _port = FreePort();
    private readonly int _tlsPort = FreePort();
    private readonly ServerCertificate? _certificate;

    public RabbitMqBroker()
    {
    }

    internal RabbitMqBroker(ServerCertificate certificate) => _certificate = certificate;

    /// <summary>The port for TLS, if the broker has a certificate.</summary>
    public int TlsPort => _tlsPort;

    public async Task<VirtualHost> CreateVirtualHostAsync()
    {
        var name = $"t{Guid.NewGuid():N}"[..16];
        await ControlAsync("add_vhost", name);
        await ControlAsync("set_permissions", "--vhost", name, User, ".*", ".*", ".*");
        return new VirtualHost(Host, (ushort)_port, User, Password, name);
    }

    /// <summary>A virtual host with the login of a user.</summary>
    internal VirtualHost Enter(string user, string password, string name) => new(Host, (ushort)_port, user, password, name);

    /// <summary>Imports users and permissions.</summary>
    public async Task ImportDefinitionsAsync(string file)
    {
        var container = await ContainerAsync();
        await container.CopyAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "/tmp/definitions.json", fileMode: Readable, ct: TestContext.Current.CancellationToken);
        await ControlAsync("import_definitions", "/tmp/definitions.json");
    }

    /// <summary>Runs <c>rabbitmqctl</c>, for example to list queues or to close connections.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        var container = await ContainerAsync();
        var result = await container.ExecAsync(["rabbitmqctl", "--quiet", .. arguments], TestContext.Current.CancellationToken);
        return result.ExitCode == 0
            ? result.Stdout
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {result.Stdout}{result.Stderr}");
    }

    private protected override IContainer Build()
    {
        var broker = Plain();
        return (_certificate is null ? broker : broker
            .WithPortBinding(_tlsPort, 5671)
            .WithResourceMapping(File.ReadAllBytes(_certificate.Certificate), "/tmp/tls.crt", 0, 0, Readable)
            .WithResourceMapping(File.ReadAllBytes(_certificate.Key), "/tmp/tls.key", 0, 0, Readable)
            .WithResourceMapping(
                "listeners.ssl.default = 5671\nssl_options.certfile = /tmp/tls.crt\nssl_options.keyfile = /tmp/tls.key\n"u8.ToArray(),
                "/etc/rabbitmq/conf.d/30-tls.conf",
                0,
                0,
                Readable)).Build();
    }

    private RabbitMqBuilder Plain()
        => new RabbitMqBuilder(ContainerEngine.Image("RABBITMQ", "rabbitmq:4.3"))
            .WithLogger(NullLogger.Instance)
            .WithLabel(ContainerEngine.RunLabel, ContainerEngine.Run)
            .WithUsername(User)
            .WithPassword(Password)
            .WithPortBinding(_port, RabbitMqBuilder.RabbitMqPort);
}
