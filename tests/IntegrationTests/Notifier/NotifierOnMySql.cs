using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Notifier;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Hosting;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>A whole Notifier in this process, with a real MySQL and an in-memory bus.</summary>
internal sealed class NotifierOnMySql : IAsyncDisposable
{
    public static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly WebApplication _app;

    private NotifierOnMySql(string connection, TimeProvider? clock = null, int digestAbove = 10)
    {
        Database = new MySqlConnector.MySqlConnectionStringBuilder(connection).Database;
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Health:Url"] = "http://127.0.0.1:0",
            ["Secrets:Key"] = Key,
            ["Admin:Token"] = "a-token-for-the-test",
            ["Database:Provider"] = "MySql",
            ["ConnectionStrings:Notifier"] = connection,
            ["Bus:Transport"] = "InMemory",
            ["Notifier:DigestAbove"] = digestAbove.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        builder.AddServiceDefaults();
        builder.AddSkypunchBus(bus => bus.AddNotifierConsumers());
        builder.AddNotifier();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        _app = builder.Build();
    }

    /// <summary>The name of the database.</summary>
    public string Database { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Creates a Notifier that does nothing by itself, only what a test calls.</summary>
    public static async Task<NotifierOnMySql> CreateAsync(string connection, TimeProvider? clock = null, int digestAbove = 10)
    {
        var notifier = new NotifierOnMySql(connection, clock, digestAbove);
        await notifier.WithAsync(async (NotifierDb db) =>
        {
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
            return true;
        });
        return notifier;
    }

    public static async Task<NotifierOnMySql> StartAsync(string connection)
    {
        var notifier = new NotifierOnMySql(connection);
        await notifier._app.StartAsync(TestContext.Current.CancellationToken);
        await notifier.Services.GetRequiredService<BusGate>().WaitAsync(TestContext.Current.CancellationToken);
        return notifier;
    }

    /// <summary>Runs something with one of the Notifier's services.</summary>
    public async Task<TResult> WithAsync<T, TResult>(Func<T, Task<TResult>> use)
        where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<long> AddNotifierAsync(string parameters)
    {
        var row = new StoredNotifier { Name = $"notifier {Guid.NewGuid():N}", Address = "ops@example.org", Params = parameters };
        await WithAsync((NotifierDb db) =>
        {
            db.Notifiers.Add(row);
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return row.Id;
    }

    /// <summary>Stores changes and wakes the sender.</summary>
    public async Task AnnounceAsync(params TargetStatusChanged[] changes)
    {
        await WithAsync((Announcements announcements) => announcements.StoreAsync(changes, TestContext.Current.CancellationToken));
        Services.GetRequiredService<DeliverySender>().Wake();
    }

    /// <summary>Sends the messages that are due for a notifier.</summary>
    public Task<TimeSpan> RunAsync(long notifierId) => WithAsync((NotifierRun run) => run.RunAsync(notifierId, TestContext.Current.CancellationToken));

    public Task<List<Delivery>> DeliveriesAsync()
        => WithAsync((NotifierDb db) => db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();

        // Idle connections would stay open for minutes, and the server allows 151 for all tests.
        await WithAsync(async (NotifierDb db) =>
        {
            await db.DropConnectionsAsync();
            return true;
        });
        await _app.DisposeAsync();
    }
}
