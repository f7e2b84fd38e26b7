using System.Security.Cryptography;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.DatabaseDefaults;
using Skypunch.UnitTests.Prober;
using Skypunch.UnitTests.Standalone;

namespace Skypunch.UnitTests.Notifier;

/// <summary>The Notifier's tables in a SQLite file, with a clock that starts at noon. Several Notifiers may share the file.</summary>
internal sealed class NotifierStore : IAsyncDisposable
{
    /// <summary>The tables with nothing in them.</summary>
    public static readonly EmptyStore Empty = new(file => new SqliteNotifierDb((DbContextOptions<SqliteNotifierDb>)new DbContextOptionsBuilder<SqliteNotifierDb>()
        .UseSkypunchSqlite($"Data Source={file};Pooling=False", NotifierDb.Name).Options));

    private readonly TempFolder _folder = new();
    private readonly List<ServiceProvider> _notifiers = [];
    private readonly bool _hasBus;
    private readonly LinesOfLog? _log;

    private NotifierStore(FakeTimeProvider clock, bool hasBus, NotifierOptions options, LinesOfLog? log) => (Clock, _hasBus, Options, _log) = (clock, hasBus, options, log);

    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);

    private string Path => _folder.In("notifier.db");

    public FakeTimeProvider Clock { get; }

    public NotifierOptions Options { get; }

    /// <summary>The services of the first Notifier.</summary>
    public ServiceProvider Services => _notifiers[0];

    /// <param name="clock">Its clock; null: one that stands at noon.</param>
    /// <param name="hasBus">Whether its Notifiers take messages, too: from a bus in memory.</param>
    /// <param name="digestAbove">Where more deliveries are due to a notifier, one message carries many of them; 0: never.</param>
    /// <param name="log">What keeps the log of its Notifiers; null: nothing does.</param>
    public static NotifierStore Create(FakeTimeProvider? clock = null, bool hasBus = false, int digestAbove = 10, LinesOfLog? log = null)
    {
        var store = new NotifierStore(clock ?? new FakeTimeProvider(AChange.Noon), hasBus, new NotifierOptions { DigestAbove = digestAbove }, log);
        Empty.CopyTo(store.Path);
        store.AddReplica();
        return store;
    }

    public ServiceProvider AddReplica()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (_log is not null)
            {
                logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log);
            }
        });
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddSingleton(new SecretBox(Key));
        services.AddSingleton<ServiceDefaults.Hosting.BusGate>();
        services.AddDbContext<NotifierDb, SqliteNotifierDb>(options => options.UseSkypunchSqlite($"Data Source={Path}", NotifierDb.Name));
        services.AddSingleton(provider => new StoreWriter<NotifierDb>(provider.GetRequiredService<IServiceScopeFactory>(), DatabaseProvider.Sqlite));
        services.AddSingleton<StorePatience<NotifierDb>>();
        services.AddNotifierParts();
        if (_hasBus)
        {
            services.AddMassTransitTestHarness(bus => bus.AddNotifierConsumers());
        }

        var provider = services.BuildServiceProvider();
        _notifiers.Add(provider);
        return provider;
    }

    /// <summary>Runs something with one of a Notifier's services.</summary>
    public static async Task WithAsync<T>(ServiceProvider replica, Func<T, Task> use)
        where T : notnull
    {
        await using var scope = replica.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Advances the time while Notifiers renew their leases.</summary>
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

    /// <summary>Runs SQL over a separate connection, as an operator would.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path}");
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

    /// <returns>Whether the notifier is left alone for a while.</returns>
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

    /// <summary>The notifier's row, whose counters have all attempts.</summary>
    public async Task<StoredNotifier> NotifierAsync(long id)
    {
        await WithAsync<NotifierCounters>(Services, counters => counters.CountAsync(CancellationToken.None));
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

        using (var connection = new SqliteConnection($"Data Source={Path}"))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Dispose();
    }
}
