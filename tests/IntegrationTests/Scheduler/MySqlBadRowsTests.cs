using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>
/// Rows of targets with values that an edit in SQL, a restored dump or a server without strict mode may leave in MySQL: each row reports
/// its own fault, and stops no other row.
/// </summary>
public sealed class MySqlBadRowsTests : IAsyncLifetime
{
    private const int Seconds = 7; // a row that was set aside is checked again after five

    private static readonly string[] Instants = ["next_probe_at", "in_flight_slot_at", "in_flight_until", "last_slot_at", "last_updated", "status_since"];

    private static readonly string[] Counters =
        ["pass_count", "fail_count", "missed_count", "network_fails", "repeated_fails", "repeated_passes", "repeated_not_probed", "count200", "count300", "count400", "count500"];

    // 32-bit numbers, whose columns somebody has enlarged by hand.
    private static readonly (string Column, string Type)[] Numbers =
    [
        ("timeout", "BIGINT NOT NULL DEFAULT 10"), ("max_redirects", "BIGINT NOT NULL DEFAULT 5"), ("failure_threshold", "BIGINT NOT NULL DEFAULT 1"),
        ("success_threshold", "BIGINT NOT NULL DEFAULT 1"), ("revision", "BIGINT NOT NULL DEFAULT 0"), ("retry_interval", "BIGINT NULL"),
    ];

    private readonly SecretBox _secrets = new(new byte[SecretKeys.Bytes]);
    private readonly StoppedClock _clock = new();
    private readonly BadRows _badRows;
    private readonly SealedColumns _sealedColumns;
    private string _connection = "";

    private readonly MySqlServer _mySql;

    public MySqlBadRowsTests(MySqlServer mySql)
    {
        _mySql = mySql;
        _badRows = new BadRows(_clock, NullLogger<BadRows>.Instance);
        _sealedColumns = new SealedColumns(_secrets);
    }

    public async ValueTask InitializeAsync()
    {
        _connection = await _mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36;Convert Zero DateTime=true;Default Command Timeout=60";
        await using var db = Open();
        await db.Database.MigrateAsync(Cancellation);
        await WriteAsync($"ALTER TABLE targets {string.Join(", ", Numbers.Select(number => $"MODIFY {number.Column} {number.Type}"))}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_bad_value_stops_no_other_row_is_reported_in_its_own_row_and_ends_when_it_is_corrected()
    {
        var spare = await AddAsync("spare");
        var good = new[] { await AddAsync("one"), await AddAsync("other") };
        var bad = new List<(long Id, string Column, string Value, bool IsTold)>();
        foreach (var (column, value, isTold) in Poisons())
        {
            bad.Add((await AddAsync($"{column} {bad.Count}"), column, value, isTold));
        }

        await RunAsync(2);
        foreach (var (id, column, value, _) in bad)
        {
            await WriteAsync($"UPDATE targets SET {column} = {value} WHERE id = {id}");
        }

        var before = await CountsAsync(good);
        await RunAsync(Seconds);

        Assert.Equal(before.Select(count => count + Seconds), await CountsAsync(good));
        foreach (var (id, column, value, isTold) in bad)
        {
            var shown = await ShownAsync(id);
            Assert.True(isTold ? IsTold(shown, column) : IsWell(shown) || IsTold(shown, column), $"{column} = {value}: {shown.StatusDescription}, probed {shown.LastUpdated:O}");
            await WriteAsync($"UPDATE targets AS t, (SELECT {column} AS good FROM targets WHERE id = {spare}) AS s SET t.{column} = s.good WHERE t.id = {id}");
        }

        await RunAsync(Seconds);
        foreach (var (id, column, value, _) in bad)
        {
            var mended = await ShownAsync(id);
            Assert.True(IsWell(mended), $"{column} = {value}, mended: {mended.StatusDescription}, probed {mended.LastUpdated:O}, next {mended.NextProbeAt:O}");
        }
    }

    private static IEnumerable<(string Column, string Value, bool IsTold)> Poisons() =>
    [
        .. Instants.Select(column => (column, "'0000-00-00'", false)),
        .. Instants.Select(column => (column, "'9999-12-31 23:59:59.999999'", false)),
        .. Counters.Select(column => (column, "9223372036854775807", false)),
        .. Counters.Select(column => (column, "-9223372036854775808", false)),
        .. Numbers.Select(number => (number.Column, "5000000000", true)),
        .. Numbers.Select(number => (number.Column, "-5000000000", true)),
        ("status", "'odd'", false),
        ("last_probe", "'1;2'", false),
        ("body", "REPEAT('x', 60 * 1024 * 1024)", true),
        ("headers", "REPEAT('x', 2 * 1024 * 1024)", true),
        ("body", $"'{new SecretBox([.. Enumerable.Repeat((byte)7, SecretKeys.Bytes)]).Seal(TargetSecrets.PlaceOf(1, SecretNames.Body), "x")}'", true),
    ];

    private bool IsWell(Target target) => target.StatusDescription == "OK" && _clock.GetUtcNow() - target.LastUpdated < TimeSpan.FromSeconds(3);

    private static bool IsTold(Target target, string column) => target.Reason == SetAside.Reason && target.StatusDescription.Contains(column, StringComparison.Ordinal);

    private async Task RunAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await using var db = Open();
            var stray = new StrayInstants(db, Options.Create(new SchedulerOptions()), _clock);
            await stray.MendAsync(await stray.FindAsync(Cancellation), Cancellation);
            var jobs = (await ClaimAsync(db)).Concat(await ClaimAsync(db)); // after a slot that was too late, the next slot is left to the next claim
            await using var other = Open();
            await new ResultFold(other, Options.Create(new SchedulerOptions()), new LivingProbers(_clock), new MaintenanceWindows(_clock, NullLogger<MaintenanceWindows>.Instance), new SetAside(other, _badRows, Options.Create(new SchedulerOptions()), _clock), _clock)
                .FoldAsync(Answer(jobs.Select(claimed => claimed.Job)), Cancellation);
            await new TargetMetricsPage(other, Options.Create(new SchedulerOptions())).WriteAsync(Cancellation);
            await new SystemReport(other, new SchedulerStart(_clock), _clock).WriteAsync(Cancellation);
        }
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(SchedulerDb db)
        => (await new DueTargets(db, _secrets, _sealedColumns, new SetAside(db, _badRows, Options.Create(new SchedulerOptions()), _clock))
            .ClaimAsync(_clock.GetUtcNow(), _clock.GetUtcNow() + TimeSpan.FromSeconds(1), 500, Cancellation)).Jobs;

    private async Task<Target> ShownAsync(long id)
    {
        await using var db = Open();
        var target = (await new TargetRows(db).GetAsync(id, Cancellation))!;
        target.ToProto(_secrets);
        return target;
    }

    private async Task<long[]> CountsAsync(long[] ids)
    {
        await using var db = Open();
        return await db.Targets.Where(target => ids.Contains(target.Id)).OrderBy(target => target.Id).Select(target => target.PassCount).ToArrayAsync(Cancellation);
    }

    private async Task<long> AddAsync(string name)
    {
        await using var db = Open();
        var target = new Target { Name = name, Url = "http://127.0.0.1/", Frequency = 1, Timeout = 1, RetryInterval = 1, LastUpdated = _clock.GetUtcNow() };
        db.Targets.Add(target);
        await db.SaveChangesAsync(Cancellation);
        return target.Id;
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    // Many servers run without strict mode.
    private async Task WriteAsync(string sql)
    {
        await using var db = Open();
        await db.Database.OpenConnectionAsync(Cancellation);
        await db.Database.ExecuteSqlRawAsync("SET SESSION sql_mode = ''", Cancellation);
        await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
        await db.Database.ExecuteSqlRawAsync("SET SESSION sql_mode = DEFAULT", Cancellation);
    }

    // Answers as a Prober does: it gives no verdict for a job whose secret it cannot open.
    private static ProbeResults Answer(IEnumerable<ProbeJob> jobs)
    {
        var opens = jobs.ToLookup(job => job.SealedBody != SecretBox.Unopened);
        return new ProbeResults("prober-1", [.. opens[true].Select(Passed)]) { NotProbed = [.. opens[false].Select(job => new NotProbed(job.TargetId, job.Slot, "no key"))] };
    }

    private static ProbeResult Passed(ProbeJob job) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = job.Slot,
        Duration = TimeSpan.FromMilliseconds(3),
        Reason = ProbeReasons.Ok,
        Description = "OK",
        StatusCode = 200,
    };

    private sealed class StoppedClock : TimeProvider
    {
        private TimeSpan _passed;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) + _passed;

        public override long GetTimestamp() => _passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _passed += time;
    }
}
