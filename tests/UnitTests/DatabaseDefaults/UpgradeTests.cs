using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.DatabaseDefaults;

/// <summary>A store of every earlier version is upgraded with its rows, and all rows can be read.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Change = "11111111-2222-3333-4444-555555555555";
    private const string Payload = "{}";
    private const string Noon = "2026-11-22 12:00:00";

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-upgrade-").FullName;

    public static TheoryData<string> SchedulerVersions => [.. VersionsOf<SqliteSchedulerDb>(options => new(options), SchedulerDb.Name)];

    public static TheoryData<string> NotifierVersions => [.. VersionsOf<SqliteNotifierDb>(options => new(options), NotifierDb.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(SchedulerVersions))]
    public async Task A_Schedulers_store_of_an_earlier_version_is_read(string version)
    {
        await using (var old = new SqliteSchedulerDb(Options<SqliteSchedulerDb>(_folder, SchedulerDb.Name)))
        {
            await old.GetService<IMigrator>().MigrateAsync(version, Cancellation);
            await old.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO targets (name, url, authn, authn_parms, frequency, status, status_since, pass_count, next_probe_at)
                VALUES ('old', 'http://127.0.0.1/', 'KEYSTONE', 'a=b', 7, 'FAIL', {Noon}, 42, {Noon});
                INSERT INTO status_changes (change_id, target_id, from_status, to_status, at, reason, description, payload)
                SELECT {Change}, id, 'PASS', 'FAIL', {Noon}, 'HTTP_STATUS', 'target status:503 != 200', {Payload} FROM targets
                """,
                Cancellation);
        }

        await using var db = new SqliteSchedulerDb(Options<SqliteSchedulerDb>(_folder, SchedulerDb.Name));
        await db.Database.MigrateAsync(Cancellation);

        var target = await db.Targets.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal(("old", 7, TargetStatus.Fail, "a=b"), (target.Name, target.Frequency, target.Status, target.AuthnParms));
        Assert.Equal(Guid.Parse(Change), (await db.StatusChanges.AsNoTracking().SingleAsync(Cancellation)).ChangeId);
    }

    [Theory]
    [MemberData(nameof(NotifierVersions))]
    public async Task A_Notifiers_store_of_an_earlier_version_is_read(string version)
    {
        await using (var old = new SqliteNotifierDb(Options<SqliteNotifierDb>(_folder, NotifierDb.Name)))
        {
            await old.GetService<IMigrator>().MigrateAsync(version, Cancellation);
            await old.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO notifiers (name, address, params) VALUES ('old', 'a@example.org', 'server=127.0.0.1');
                INSERT INTO announcements (change_id, target_id, target_name, from_status, to_status, changed_at, payload, received_at)
                VALUES ({Change}, 1, 'a target', 'PASS', 'FAIL', {Noon}, {Payload}, {Noon});
                INSERT INTO deliveries (change_id, notifier_id, target_id, state, attempts, next_attempt_at, created_at)
                SELECT {Change}, id, 1, 'PENDING', 3, {Noon}, {Noon} FROM notifiers
                """,
                Cancellation);
        }

        await using var db = new SqliteNotifierDb(Options<SqliteNotifierDb>(_folder, NotifierDb.Name));
        await db.Database.MigrateAsync(Cancellation);

        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal((DeliveryState.Pending, 3, Guid.Parse(Change)), (delivery.State, delivery.Attempts, delivery.ChangeId));
        Assert.Equal("server=127.0.0.1", (await db.Notifiers.AsNoTracking().SingleAsync(Cancellation)).Params);
        Assert.Equal("a target", (await db.Announcements.AsNoTracking().SingleAsync(Cancellation)).TargetName);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> VersionsOf<TContext>(Func<DbContextOptions<TContext>, TContext> open, string owner)
        where TContext : DbContext
    {
        using var db = open(Options<TContext>(Path.GetTempPath(), owner)); // does not open a file
        return [.. db.Database.GetMigrations()];
    }

    private static DbContextOptions<TContext> Options<TContext>(string folder, string owner)
        where TContext : DbContext
        => (DbContextOptions<TContext>)new DbContextOptionsBuilder<TContext>()
            .UseSkypunchSqlite($"Data Source={Path.Combine(folder, $"{owner}.db")};Pooling=False", owner).Options;
}
