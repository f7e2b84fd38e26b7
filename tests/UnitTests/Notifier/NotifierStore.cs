using System.Security.Cryptography;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Notifiers;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Notifier;

/// <summary>The Notifier's tables in an SQLite file, with a clock that stands at noon. Several Notifiers may share it.</summary>
internal sealed class NotifierStore : IAsyncDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"skypunch-notifier-{Guid.NewGuid():N}.db");
    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);
    private readonly List<ServiceProvider> _notifiers = [];

    private NotifierStore(FakeTimeProvider clock) => Clock = clock;

    public FakeTimeProvider Clock { get; }

    public NotifierOptions Options { get; init; } = new();

    /// <summary>One Notifier's services.</summary>
    public ServiceProvider Services => _notifiers[0];

    public static async Task<NotifierStore> CreateAsync(FakeTimeProvider? clock = null)
    {
        var store = new NotifierStore(clock ?? new FakeTimeProvider(AChange.Noon));
        store.AddReplica();
        await store.WithDbAsync(db => db.Database.MigrateAsync());
        return store;
    }

    public ServiceProvider AddReplica()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddSingleton(new SecretBox(Key));
        services.AddSingleton<ServiceDefaults.Bus.BusGate>();
        services.AddDbContext<NotifierDb, SqliteNotifierDb>(options => options.UseSkypunchSqlite($"Data Source={_file}", NotifierDb.Name));
        services.AddSingleton(provider => new StoreWriter<NotifierDb>(provider.GetRequiredService<IServiceScopeFactory>(), DatabaseProvider.Sqlite));
        services.AddSingleton<StorePatience<NotifierDb>>();
        services.AddNotifierParts();
        services.AddMassTransitTestHarness(bus => bus.AddNotifierConsumers());
        var provider = services.BuildServiceProvider();
        _notifiers.Add(provider);
        return provider;
    }

    /// <summary>Uses a part of a Notifier's.</summary>
    public static async Task WithAsync<T>(ServiceProvider replica, Func<T, Task> use)
        where T : notnull
    {
        await using var scope = replica.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Time goes on, and Notifiers give their signs of life.</summary>
    public async Task LiveAsync(TimeSpan time, params ServiceProvider[] replicas)
    {
        for (var end = Clock.GetTimestamp() + (long)(time.TotalSeconds * Clock.TimestampFrequency); Clock.GetTimestamp() < end;)
        {
            Clock.Advance(Lease.RenewEvery);
            foreach (var replica in replicas)
            {
                await replica.GetRequiredService<LeaseKeeper>().RenewAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    public async Task WithDbAsync(Func<NotifierDb, Task> use)
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<NotifierDb>());
    }

    /// <summary>Does what a hand does, over a connection of its own.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async Task<long> AddNotifierAsync(string parameters, string address = "ops@example.org", string? name = null)
    {
        var row = new StoredNotifier { Name = name ?? $"notifier {Guid.NewGuid():N}", Address = address, Params = parameters };
        await WithDbAsync(async db =>
        {
            db.Notifiers.Add(row);
            await db.SaveChangesAsync();
        });
        return row.Id;
    }

    /// <summary>Stores changes with their deliveries, as the consumer does.</summary>
    public async Task AnnounceAsync(params TargetStatusChanged[] changes)
    {
        foreach (var change in changes)
        {
            await using var scope = Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Announcements>().StoreAsync([change], CancellationToken.None);
        }
    }

    /// <returns>Whether the notifier is to be left alone for a while.</returns>
    public Task<bool> RunAsync(long notifierId) => RunAsync(Services, notifierId);

    public static async Task<bool> RunAsync(ServiceProvider replica, long notifierId)
    {
        await using var scope = replica.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotifierRun>().RunAsync(notifierId, TestContext.Current.CancellationToken) > TimeSpan.Zero;
    }

    public async Task<List<Delivery>> DeliveriesAsync()
    {
        List<Delivery> rows = [];
        await WithDbAsync(async db => rows = await db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync());
        return rows;
    }

    public async Task<Delivery> DeliveryAsync() => Assert.Single(await DeliveriesAsync());

    public async Task<StoredNotifier> NotifierAsync(long id)
    {
        StoredNotifier? row = null;
        await WithDbAsync(async db => row = await db.Notifiers.AsNoTracking().SingleAsync(n => n.Id == id));
        return row!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var notifier in _notifiers)
        {
            await notifier.DisposeAsync();
        }

        using (var connection = new SqliteConnection($"Data Source={_file}"))
        {
            SqliteConnection.ClearPool(connection);
        }

        File.Delete(_file);
        File.Delete($"{_file}-wal");
        File.Delete($"{_file}-shm");
    }
}
