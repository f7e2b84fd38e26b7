using Grpc.Core;
using Grpc.Net.Client;
using MySqlConnector;

namespace Skypunch.TestBed;

/// <summary>Schedulers, Probers and Notifiers as real processes, with their own database and virtual host.</summary>
internal sealed class DistributedSystem : IAsyncDisposable
{
    private const string Token = "a-token-for-the-test";

    private readonly string _key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
    private readonly int _notifierPort = ContainerServer.FreePort();
    private readonly List<ServiceProcess> _all = [];

    private DistributedSystem(string connection, VirtualHost bus)
    {
        ConnectionString = connection;
        Bus = bus;
    }

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString { get; }

    /// <summary>The virtual host.</summary>
    public VirtualHost Bus { get; }

    /// <summary>
    /// Additional settings of the services that are started from now on, given the kind of the service and its number, from 1.
    /// </summary>
    public Func<string, int, IEnumerable<KeyValuePair<string, string>>> Extra { get; set; } = (_, _) => [];

    public List<ServiceProcess> Schedulers { get; } = [];

    public List<ServiceProcess> Probers { get; } = [];

    public List<ServiceProcess> Notifiers { get; } = [];

    /// <summary>The admin API of the first Scheduler; calls carry the token.</summary>
    public CallInvoker Api { get; private set; } = null!;

    public GrpcChannel Channel { get; private set; } = null!;

    public static async Task<DistributedSystem> CreateAsync(MySqlServer mySql, RabbitMqBroker rabbitMq)
        => await CreateAsync(mySql, await rabbitMq.CreateVirtualHostAsync());

    /// <summary>Creates a system in an existing virtual host.</summary>
    public static async Task<DistributedSystem> CreateAsync(MySqlServer mySql, VirtualHost bus) => new(await mySql.CreateDatabaseAsync(), bus);

    /// <summary>Starts services without waiting until they are ready.</summary>
    public void Start(int schedulers, int probers, int notifiers)
    {
        for (var i = 0; i < notifiers; i++)
        {
            Notifiers.Add(Start("Notifier", Notifiers.Count + 1, AdminPort(i == 0 ? _notifierPort : ContainerServer.FreePort()), ConnectionStringOf("Notifier")));
        }

        for (var i = 0; i < schedulers; i++)
        {
            var port = ContainerServer.FreePort();
            Schedulers.Add(Start("Scheduler", Schedulers.Count + 1, AdminPort(port), ConnectionStringOf("Scheduler"), KeyValuePair.Create("Scheduler__NotifierUrl", $"http://127.0.0.1:{_notifierPort}")));
            if (Channel is null)
            {
                Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
                Api = Channel.CreateCallInvoker().WithToken(Token);
            }
        }

        for (var i = 0; i < probers; i++)
        {
            Probers.Add(Start("Prober", Probers.Count + 1, KeyValuePair.Create("Prober__Name", $"prober-{Probers.Count + 1}")));
        }
    }

    public Task WaitUntilReadyAsync() => Task.WhenAll(_all.Select(process => process.WaitUntilReadyAsync()));

    /// <summary>Queries the database for a number, as an operator would.</summary>
    public async Task<long> AskAsync(string sql)
        => Convert.ToInt64(await AskForAnythingAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All status changes with their descriptions, for the message of a test that saw more failures than it had caused.</summary>
    public async Task<string> FailuresAsync()
        => $"{await AskForAnythingAsync("SELECT GROUP_CONCAT(DATE_FORMAT(at, '%T.%f'), ' ', target_id, ' ', to_status, ': ', description ORDER BY id SEPARATOR '\n') FROM status_changes")}";

    private async Task<object?> AskForAnythingAsync(string sql)
    {
        await using var connection = new MySqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the SQL is the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        foreach (var process in _all)
        {
            await process.DisposeAsync();
        }
    }

    private ServiceProcess Start(string service, int number, params KeyValuePair<string, string>[] settings)
    {
        var process = ServiceProcess.Start(service, ContainerServer.FreePort(), [.. settings, .. CommonSettings(), .. Extra(service, number)], number);
        _all.Add(process);
        return process;
    }

    private Dictionary<string, string> CommonSettings() => new()
    {
        ["RabbitMq__Host"] = Bus.Host,
        ["RabbitMq__Port"] = $"{Bus.Port}",
        ["RabbitMq__VHost"] = Bus.Name,
        ["RabbitMq__User"] = Bus.User,
        ["RabbitMq__Pass"] = Bus.Password,
        ["Secrets__Key"] = _key,
        ["Admin__Token"] = Token,
    };

    private KeyValuePair<string, string> ConnectionStringOf(string owner) => new($"ConnectionStrings__{owner}", ConnectionString);

    private static KeyValuePair<string, string> AdminPort(int port) => new("Kestrel__Endpoints__Admin__Url", $"http://127.0.0.1:{port}");
}
