using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.DatabaseDefaults;
using Skypunch.UnitTests.Prober;
using SQLitePCL;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class StorePatienceTests : IAsyncDisposable
{
    private static readonly SqliteException Full = new("database or disk is full", raw.SQLITE_FULL);
    private static readonly SqliteException Busy = new("database is locked", raw.SQLITE_BUSY);

    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services;
    private readonly StorePatience<AnyDb> _store;

    public StorePatienceTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<LinesOfLog>()
            .AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LinesOfLog>())
            .AddDbContext<AnyDb>(options => options.UseSqlite("Data Source=:memory:"))
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(services => new StoreWriter<AnyDb>(services.GetRequiredService<IServiceScopeFactory>(), DatabaseProvider.Sqlite))
            .AddSingleton<StorePatience<AnyDb>>()
            .BuildServiceProvider();
        _store = _services.GetRequiredService<StorePatience<AnyDb>>();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_store_is_away_all_wait_and_when_it_is_back_all_go_on()
    {
        var (away, tried) = (true, 0);
        var all = Task.WhenAll(Enumerable.Range(0, 8).Select(i => RunAsync(() => Interlocked.Increment(ref tried) > 0 && away ? throw new DbUpdateException("wrapped", Full) : i)));
        await TimePassesAsync(() => tried > 400); // far more attempts than other faults get
        Assert.False(all.IsCompleted);

        away = false;
        await TimePassesAsync(() => all.IsCompleted);

        Assert.Equal(Enumerable.Range(0, 8), await all);
        var lines = _services.GetRequiredService<LinesOfLog>().Lines.Where(line => line.Category.Contains("StorePatience", StringComparison.Ordinal));
        Assert.Equal([LogLevel.Warning, LogLevel.Information], lines.Select(line => line.Level)); // logged once, however many callers wait
    }

    [Fact]
    public async Task Work_that_finds_the_store_locked_is_tried_only_a_few_times()
    {
        var (tried, from) = (0, _clock.GetUtcNow());
        var run = RunAsync<int>(() => Interlocked.Increment(ref tried) > 0 ? throw Busy : 0);

        await TimePassesAsync(() => run.IsCompleted);

        Assert.Same(Busy, await Assert.ThrowsAsync<SqliteException>(() => run));
        Assert.Equal(6, tried);
        Assert.NotEqual(from, _clock.GetUtcNow());
    }

    [Fact]
    public async Task Work_that_would_fail_again_is_not_retried()
    {
        var tried = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync<int>(() => tried++ < 0 ? 0 : throw new InvalidDataException()));
        await Assert.ThrowsAsync<SqliteException>(() => RunAsync<int>(() => tried++ < 0 ? 0 : throw new SqliteException("too big", raw.SQLITE_TOOBIG)));

        Assert.Equal(2, tried);
    }

    [Fact]
    public async Task A_stop_ends_the_waiting()
    {
        using var stop = new CancellationTokenSource();
        var tried = new TaskCompletionSource();
        var run = _store.RunAsync<AnyDb, int>(_ => tried.TrySetResult() ? throw Full : throw Full, stop.Token);
        await tried.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task<T> RunAsync<T>(Func<T> work) => _store.RunAsync((AnyDb _) => Task.FromResult(work()), Cancellation);

    // A pause begins at an unknown moment, so the clock is advanced until enough has happened.
    private Task TimePassesAsync(Func<bool> isEnough)
        => Eventually.HoldsAsync(isEnough, "the store was tried often enough", meanwhile: () => _clock.Advance(TimeSpan.FromSeconds(0.5)));

    private sealed class AnyDb(DbContextOptions<AnyDb> options) : DbContext(options);
}
