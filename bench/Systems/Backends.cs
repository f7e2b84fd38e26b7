using System.Diagnostics;
using System.Globalization;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Skypunch.Bench.Processes;
using Testcontainers.MySql;
using Testcontainers.RabbitMq;

namespace Skypunch.Bench.Systems;

/// <summary>MySQL and RabbitMQ in containers that are new for each run.</summary>
internal sealed class Backends : IAsyncDisposable
{
    private const string User = "skypunch";
    private const string Password = "skypunch";
    private const string Database = "skypunch";

    // The bench chooses the ports: the engine would take them from the range that outgoing connections use.
    private readonly int _mySqlPort = FreePort.Find();
    private readonly int _rabbitMqPort = FreePort.Find();
    private readonly MySqlContainer _mySql;
    private readonly RabbitMqContainer _rabbitMq;

    private Backends()
    {
        _mySql = new MySqlBuilder(TestBed.Image("MYSQL", "mysql:9.7"))
            .WithLogger(NullLogger.Instance)
            .WithName($"skypunch-bench-mysql-{Environment.ProcessId}")
            .WithUsername("root")
            .WithPassword(Password)
            .WithDatabase(Database)
            .WithPortBinding(_mySqlPort, MySqlBuilder.MySqlPort)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(new MySqlAnswers(ConnectionString)))
            .Build();
        _rabbitMq = new RabbitMqBuilder(TestBed.Image("RABBITMQ", "rabbitmq:4.3"))
            .WithLogger(NullLogger.Instance)
            .WithName($"skypunch-bench-rabbitmq-{Environment.ProcessId}")
            .WithUsername(User)
            .WithPassword(Password)
            .WithPortBinding(_rabbitMqPort, RabbitMqBuilder.RabbitMqPort)
            .Build();
    }

    public string ConnectionString => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)_mySqlPort,
        UserID = "root",
        Password = Password,
        Database = Database,
    }.ConnectionString;

    /// <summary>The settings of the bus for a service.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> BusSettings =>
    [
        new("RabbitMq__Host", "127.0.0.1"),
        new("RabbitMq__Port", _rabbitMqPort.ToString(CultureInfo.InvariantCulture)),
        new("RabbitMq__User", User),
        new("RabbitMq__Pass", Password),
    ];

    public static async Task<Backends> StartAsync()
    {
        var backends = new Backends();
        try
        {
            Leftovers.Add(backends, backends.RemoveByForce);
            await Task.WhenAll(backends._mySql.StartAsync(), backends._rabbitMq.StartAsync());
            return backends;
        }
        catch
        {
            await backends.DisposeAsync();
            throw;
        }
    }

    /// <summary>The parts whose CPU time and memory count: all processes of each container.</summary>
    public async Task<IReadOnlyList<MeasuredPart>> MeasuredPartsAsync()
        => [new("MySQL", await FirstProcessAsync(_mySql), IsOurs: false), new("RabbitMQ", await FirstProcessAsync(_rabbitMq), IsOurs: false)];

    public async ValueTask DisposeAsync()
    {
        Leftovers.Remove(this);
        await _mySql.DisposeAsync();
        await _rabbitMq.DisposeAsync();
    }

    private void RemoveByForce()
    {
        var ids = new IContainer[] { _mySql, _rabbitMq }
            .Where(container => container.State is not TestcontainersStates.Undefined)
            .Select(container => container.Id);
        using var docker = Process.Start("docker", ["rm", "--force", "--volumes", .. ids]);
        docker.WaitForExit();
    }

    private static async Task<int> FirstProcessAsync(IContainer container)
    {
        var start = new ProcessStartInfo("docker", ["inspect", "--format", "{{.State.Pid}}", container.Id]) { RedirectStandardOutput = true };
        using var docker = Process.Start(start)!;
        return int.Parse(await docker.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}
