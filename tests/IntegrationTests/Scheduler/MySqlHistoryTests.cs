using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>The history on a real MySQL: folds, days, reads and deletion, by several Schedulers at the same time.</summary>
public sealed class MySqlHistoryTests(MySqlServer mySql) : IAsyncLifetime
{
    private const int Targets = 8;
    private const int Minutes = 130;

    private readonly BadRows _badRows = new(TimeProvider.System, NullLogger<BadRows>.Instance);
    // To the millisecond, as slots are: MySQL keeps an instant to the microsecond, and a clock is finer.
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
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
    public async Task Hours_have_what_the_counters_have_though_messages_come_twice_and_side_by_side()
    {
        var ids = await AddAsync();

        for (var minute = 0; minute < Minutes; minute++)
        {
            var batches = ids.Chunk(2).Select(some => Batch(some, minute)).ToList();
            await Task.WhenAll(batches.Concat(batches).Select(FoldAsync));
        }

        await using var db = Open();
        var targets = await db.Targets.AsNoTracking().OrderBy(target => target.Id).ToListAsync(Cancellation);
        var hours = (await db.TargetHours.AsNoTracking().ToListAsync(Cancellation)).ToLookup(hour => hour.TargetId);
        Assert.All(targets, target =>
        {
            var all = hours[target.Id].Append(HistoryView.Of(target.Id, target.History)!.Open).ToList();
            Assert.Equal(Minutes, target.PassCount + target.FailCount + target.MissedCount);
            Assert.Equal((target.PassCount, target.FailCount, target.MissedCount), (all.Sum(hour => hour.Passes), all.Sum(hour => hour.Fails), all.Sum(hour => hour.Missed)));
            Assert.Equal(target.PassCount, all.Sum(hour => Sum(hour.Latency)));
            Assert.Equal(target.FailCount, all.Sum(hour => Sum(hour.Reasons)));
        });

        var window = new HistoryWindow((_now.ToUnixTimeMilliseconds() / OpenHour.Length - 5) * OpenHour.Length, _now.ToUnixTimeMilliseconds());
        var uptimes = await new UptimeReader(new HistoryRows(db), Options.Create(new SchedulerOptions())).ReadAsync(ids, [window], window.End, Cancellation);
        Assert.Equal(
            targets.Select(target => (target.Name, target.PassCount, target.FailCount, target.MissedCount)),
            uptimes.Select(uptime => (uptime.TargetName, uptime.Uptimes[0].PassCount, uptime.Uptimes[0].FailCount, uptime.Uptimes[0].MissedCount)));
        Assert.All(uptimes, uptime => Assert.True(uptime.Uptimes[0].IncidentCount > 0 && uptime.Uptimes[0].Down.Seconds > 0));
        var results = await new SeriesReader(new HistoryRows(db)).ResultsAsync(ids[0], (int)OpenHour.Of(window.Start), (int)OpenHour.Of(window.End), Cancellation);
        Assert.Equal(targets[0].PassCount + targets[0].FailCount, results.Count);
    }

    [Fact]
    public async Task Each_hour_is_in_its_day_once_though_several_Schedulers_add_up_and_store_hours_meanwhile()
    {
        const int Day = 20_000;
        const int Many = 700;
        await StoreAsync(Enumerable.Range(1, Many).SelectMany(id => Enumerable.Range(Day * 24, 20).Select(hour => Hour(hour, id))));

        var stored = Enumerable.Range(20, 4).Select(hour => Task.Run(async () =>
        {
            foreach (var some in Enumerable.Range(1, Many).Chunk(50))
            {
                await RetryAsync(() => StoreAsync(some.Select(id => Hour((Day * 24) + hour, id))));
            }
        }));
        await Task.WhenAll([.. stored, .. Enumerable.Range(0, 3).Select(_ => Task.Run(AddUpAsync))]);
        await AddUpAsync();

        await using var db = Open();
        var days = await db.TargetDays.AsNoTracking().ToListAsync(Cancellation);
        Assert.Equal(Many, days.Count);
        Assert.All(days, day => Assert.Equal((24 * 60, 24, 24 * 60L), (day.Passes, day.Fails, Sum(day.Latency))));
    }

    [Fact]
    public async Task What_is_too_old_is_deleted_and_a_deleted_target_keeps_its_history()
    {
        var ids = await AddAsync();
        await FoldAsync(Batch(ids, 0));
        var today = (int)OpenHour.Of(_now.ToUnixTimeMilliseconds());
        await StoreAsync([Hour(today - (40 * 24), ids[0]), Hour(today - (30 * 24), ids[0])]);
        await using var db = Open();

        Assert.True(await new TargetDeletion(db, TimeProvider.System).RunAsync(ids[0], Cancellation));
        while (await new OldHistory(db, Options.Create(new SchedulerOptions()), TimeProvider.System).DeleteAsync(Cancellation))
        {
        }

        var kept = await db.TargetHours.AsNoTracking().Where(hour => hour.TargetId == ids[0]).OrderBy(hour => hour.Hour).Select(hour => hour.Hour).ToListAsync(Cancellation);
        Assert.Equal(today - (30 * 24), kept[0]);
        Assert.InRange(kept.Count, 2, 3);
        Assert.NotEmpty(await db.TargetChunks.Where(chunk => chunk.TargetId == ids[0]).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task An_incident_goes_on_though_its_column_was_damaged_and_ends_though_its_target_was_deleted_in_SQL()
    {
        var (damaged, deleted) = (await AddAsync()) is [var first, var second, ..] ? (first, second) : default;
        var began = DateTimeOffset.FromUnixTimeMilliseconds(_now.AddMinutes(-Minutes).ToUnixTimeMilliseconds());
        await FoldAsync(Results(0, passed: false));
        await using var db = Open();
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET history = 'nonsense' WHERE id = {damaged}", Cancellation);
        await FoldAsync(Results(1, passed: false));
        await db.Database.ExecuteSqlAsync($"DELETE FROM targets WHERE id = {deleted}", Cancellation);
        await FoldAsync(Results(2, passed: true));

        Assert.False(await new OldHistory(db, Options.Create(new SchedulerOptions()), TimeProvider.System).EndOrphansAsync(Cancellation));

        var incidents = await db.Incidents.AsNoTracking().OrderBy(incident => incident.TargetId).ToListAsync(Cancellation);
        Assert.Equal([(damaged, began), (deleted, began)], incidents.Select(incident => (incident.TargetId, incident.BeganAt)));
        Assert.Equal(began.AddMinutes(2), incidents[0].EndedAt);
        Assert.True(incidents[1].EndedAt > began.AddMinutes(2));

        ProbeResults Results(int minute, bool passed)
            => new("prober-1", [Result(damaged, began.AddMinutes(minute), passed), Result(deleted, began.AddMinutes(minute), passed)]);
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    private async Task<List<long>> AddAsync()
    {
        await using var db = Open();
        db.Targets.AddRange(Enumerable.Range(0, Targets).Select(i => new Target { Name = $"t{i}", Url = "http://127.0.0.1/", Frequency = 60 }));
        await db.SaveChangesAsync(Cancellation);
        return await db.Targets.OrderBy(target => target.Id).Select(target => target.Id).ToListAsync(Cancellation);
    }

    // A minute of some targets: a slot in 20 is not probed, and a probe in 10 fails.
    private ProbeResults Batch(IEnumerable<long> ids, int minute)
    {
        var slots = ids.Select(id => (Id: id, Slot: _now.AddMinutes(minute - Minutes), Number: (id * 7) + minute)).ToList();
        return new ProbeResults("prober-1", [.. slots.Where(slot => slot.Number % 20 != 3).Select(slot => Result(slot.Id, slot.Slot, slot.Number % 10 != 5))])
        {
            NotProbed = [.. slots.Where(slot => slot.Number % 20 == 3).Select(slot => new NotProbed(slot.Id, slot.Slot, "The Prober stood still."))],
        };
    }

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

    private static TargetHour Hour(int hour, long id) => new() { Hour = hour, TargetId = id, Passes = 60, Fails = 1, CoveredMs = 3_600_000, FailingMs = 60_000, Latency = [100, 60], Reasons = [18, 1] };

    private static long Sum(byte[]? tally)
    {
        var counts = new long[Tally.Codes];
        Tally.ReadInto(counts, tally);
        return counts.Sum();
    }

    private Task FoldAsync(ProbeResults batch) => RetryAsync(async () =>
    {
        await using var db = Open();
        var options = Options.Create(new SchedulerOptions());
        await new ResultFold(db, options, new LivingProbers(TimeProvider.System), new MaintenanceWindows(TimeProvider.System, NullLogger<MaintenanceWindows>.Instance), new SetAside(db, _badRows, options, TimeProvider.System), TimeProvider.System)
            .FoldAsync(batch, Cancellation);
    });

    private async Task StoreAsync(IEnumerable<TargetHour> hours)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginLockingAsync(Cancellation);
        var closed = new ClosedHistory();
        closed.Hours.AddRange(hours);
        await HistoryInserts.RunAsync(db, closed, Cancellation);
        await transaction.CommitAsync(Cancellation);
    }

    private async Task AddUpAsync()
    {
        for (var isMore = true; isMore;)
        {
            await RetryAsync(async () =>
            {
                await using var db = Open();
                isMore = await new DaySums(db, TimeProvider.System).AddAsync(Cancellation);
            });
        }
    }

    // As StoreWriter does.
    private static async Task RetryAsync(Func<Task> transaction)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await transaction();
                return;
            }
            catch (Exception e) when (e.IsDeadlock() && tries < 20)
            {
            }
        }
    }
}
