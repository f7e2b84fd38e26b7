using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>Maintenance windows on a real MySQL, folded by two Schedulers at the same time.</summary>
public sealed class MySqlMaintenanceTests(MySqlServer mySql) : IAsyncLifetime
{
    private const int Targets = 12;

    private readonly BadRows _badRows = new(TimeProvider.System, NullLogger<BadRows>.Instance);
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly MaintenanceWindows[] _schedulers = [.. Enumerable.Range(0, 2).Select(_ => new MaintenanceWindows(TimeProvider.System, NullLogger<MaintenanceWindows>.Instance))];
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";
        await using var db = Open();
        await db.Database.MigrateAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_fails_in_a_window_is_told_once_after_it_and_only_if_it_still_fails()
    {
        var ids = await AddAsync();
        await FoldAsync(ids, -30, passed: true);

        await FoldAsync(ids, -20, passed: false);
        Assert.Equal(Targets / 2, (await UntoldAsync()).Count); // the window covers every other one
        Assert.Equal(Targets / 2, await TakeToldAsync());

        await FoldAsync(ids[..4], -15, passed: true);
        Assert.Equal(2, await TakeToldAsync()); // the recoveries of the two that were told

        await EndWindowAsync();
        Assert.Equal(0, await TakeToldAsync());
        await FoldAsync(ids, -5, passed: false);

        var changes = await ChangesAsync();
        Assert.Equal((Targets / 2) - 2, changes.Count(change => change.Decision == Decision.ToldLate)); // those that fail on
        Assert.Equal((Targets / 2) - 2 + 4, changes.Count(change => change.StoredAt is null)); // and those that fail again
        Assert.All(changes.Where(change => change.Decision == Decision.ToldLate), change => Assert.Equal("Übung", change.DecidedBy));
        Assert.Empty(await UntoldAsync());
        await TakeToldAsync();
        await FoldAsync(ids, -4, passed: false);
        Assert.Equal(0, await TakeToldAsync());
        await FoldAsync(ids, -3, passed: true);
        Assert.Equal(Targets, await TakeToldAsync());
    }

    private async Task<long[]> AddAsync()
    {
        await using var db = Open();
        for (var i = 0; i < Targets; i++)
        {
            var target = new Target { Name = $"t{i}", Url = "http://127.0.0.1/", Frequency = 60 };
            target.Labels.Add(new TargetLabel { Name = "odd", Value = i % 2 == 0 ? "no" : "yes" });
            db.Targets.Add(target);
        }

        db.MaintenanceWindows.Add(new MaintenanceWindow { Name = "Übung", Filter = "labels.odd = yes", StartAt = _now.AddMinutes(-25), EndAt = _now.AddHours(1) });
        await db.SaveChangesAsync(Cancellation);
        return await db.Targets.OrderBy(target => target.Id).Select(target => target.Id).ToArrayAsync(Cancellation);
    }

    // As if it had ended just before the last probes began.
    private async Task EndWindowAsync()
    {
        await using var db = Open();
        await db.MaintenanceWindows.ExecuteUpdateAsync(set => set.SetProperty(window => window.EndAt, _now.AddMinutes(-10)), Cancellation);
        foreach (var scheduler in _schedulers)
        {
            scheduler.Forget(); // they would read it anew two seconds later
        }
    }

    // Each message comes to both Schedulers, at the same time.
    private Task FoldAsync(long[] ids, int minute, bool passed) => Task.WhenAll(ids.Chunk(3).SelectMany(some =>
    {
        var batch = new ProbeResults("prober-1", [.. some.Select(id => Result(id, _now.AddMinutes(minute), passed))]);
        return _schedulers.Select(windows => FoldAsync(batch, windows));
    }));

    // As StorePatience does.
    private async Task FoldAsync(ProbeResults batch, MaintenanceWindows windows)
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = Open();
            try
            {
                var (options, clock) = (Options.Create(new SchedulerOptions()), TimeProvider.System);
                await new ResultFold(db, options, new LivingProbers(clock), windows, new SetAside(db, _badRows, options, clock), clock).FoldAsync(batch, Cancellation);
                return;
            }
            catch (Exception e) when (tries < 10 && e.IsDeadlock())
            {
            }
        }
    }

    // How many changes are told, which are answered then.
    private async Task<int> TakeToldAsync()
    {
        await using var db = Open();
        return await db.StatusChanges.Where(change => change.StoredAt == null).ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, _now), Cancellation);
    }

    private async Task<List<StatusChange>> ChangesAsync()
    {
        await using var db = Open();
        return await db.StatusChanges.AsNoTracking().OrderBy(change => change.Id).ToListAsync(Cancellation);
    }

    private async Task<List<long>> UntoldAsync()
    {
        await using var db = Open();
        return await db.Targets.Where(target => target.UntoldChange != null).Select(target => target.Id).ToListAsync(Cancellation);
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    private static ProbeResult Result(long id, DateTimeOffset slot, bool passed) => new()
    {
        TargetId = id,
        Slot = slot,
        StartedAt = slot,
        Duration = TimeSpan.FromMilliseconds(20),
        Reason = passed ? ProbeReasons.Ok : ProbeReasons.StatusMismatch,
        Description = passed ? "OK" : "target status:503 != 200",
        StatusCode = passed ? 200 : 503,
    };
}
