using MySqlConnector;

namespace Skypunch.Faults.Ground;

/// <summary>The wires of a service to the database and to the broker.</summary>
internal sealed record Wiring(FaultyWire Database, FaultyWire Bus);

/// <summary>The wires of the first service of each kind.</summary>
internal sealed class Wires(int databasePort, int busPort) : IAsyncDisposable
{
    private readonly Dictionary<string, Wiring> _all = new[] { "Scheduler", "Prober", "Notifier" }
        .ToDictionary(service => service, _ => new Wiring(new FaultyWire(databasePort), new FaultyWire(busPort)));

    /// <summary>The wires of a service.</summary>
    /// <param name="service">Scheduler, Prober or Notifier.</param>
    public Wiring Of(string service) => _all[service];

    /// <summary>The settings that make a service use its wires.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings(string service, string connectionString)
    {
        var database = new MySqlConnectionStringBuilder(connectionString) { Port = (uint)Of(service).Database.Port };
        yield return new($"ConnectionStrings__{service}", database.ConnectionString);
        yield return new("RabbitMq__Port", $"{Of(service).Bus.Port}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (database, bus) in _all.Values)
        {
            await database.DisposeAsync();
            await bus.DisposeAsync();
        }
    }
}
