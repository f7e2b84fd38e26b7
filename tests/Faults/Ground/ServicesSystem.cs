using System.Data.Common;
using MySqlConnector;

namespace Skypunch.Faults.Ground;

/// <summary>
/// 2 Schedulers, 3 Probers and 2 Notifiers with their own MySQL and RabbitMQ. The first service of each kind reaches these servers over its
/// own <see cref="Wires"/>, which can be made to fail.
/// </summary>
internal sealed class ServicesSystem : RunningSystem
{
    private readonly DistributedSystem _services;

    private ServicesSystem(MySqlServer mySql, RabbitMqBroker broker, DistributedSystem services, Wires wires)
    {
        MySql = mySql;
        Broker = broker;
        _services = services;
        Wires = wires;
    }

    public MySqlServer MySql { get; }

    public RabbitMqBroker Broker { get; }

    /// <summary>The wires of the first Scheduler, the first Prober and the first Notifier.</summary>
    public Wires Wires { get; }

    /// <summary>The virtual host that all services share.</summary>
    public VirtualHost Bus => _services.Bus;

    public IReadOnlyList<ServiceProcess> Schedulers => _services.Schedulers;

    public IReadOnlyList<ServiceProcess> Probers => _services.Probers;

    public IReadOnlyList<ServiceProcess> Notifiers => _services.Notifiers;

    public override IReadOnlyList<ServiceProcess> Parts => [.. Schedulers, .. Probers, .. Notifiers];

    /// <summary>Starts all services and waits until they are ready.</summary>
    public static async Task<ServicesSystem> StartAsync(MySqlServer mySql, RabbitMqBroker broker, Shim? shim)
    {
        var services = await DistributedSystem.CreateAsync(mySql, broker);
        var system = new ServicesSystem(mySql, broker, services, new Wires(mySql.Port, services.Bus.Port));
        services.Extra = (service, number) => system.Settings(service, number, shim);
        services.Start(schedulers: 2, probers: 3, notifiers: 2);
        await system.WaitUntilReadyAsync();
        return system;
    }

    public override Task WaitUntilReadyAsync() => _services.WaitUntilReadyAsync();

    public override async Task<DbConnection> OpenTargetsAsync()
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(_services.ConnectionString) { ConnectionTimeout = 3, DefaultCommandTimeout = 10 }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public override Task<DbConnection> OpenNotifiersAsync() => OpenTargetsAsync();

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Wires.DisposeAsync();
    }

    private IEnumerable<KeyValuePair<string, string>> Settings(string service, int number, Shim? shim)
    {
        yield return new("Notifier__SendTimeout", "00:00:05");
        yield return new("Notifier__StopTimeout", "00:00:02");
        foreach (var setting in number == 1 ? Wires.Settings(service, _services.ConnectionString) : [])
        {
            yield return setting;
        }

        foreach (var setting in shim is not null && service == "Prober" && number == 1 ? shim.Settings(keptPorts: [Wires.Of(service).Bus.Port]) : [])
        {
            yield return setting;
        }
    }
}
