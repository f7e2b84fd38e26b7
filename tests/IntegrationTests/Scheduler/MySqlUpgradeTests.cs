using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>A MySQL database as each release has left it, with a row in each table, is upgraded and keeps all its values.</summary>
public sealed class MySqlUpgradeTests(MySqlServer mySql)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_of_each_release_keeps_its_targets_counters_notifiers_and_deliveries()
    {
        foreach (var (scheduler, notifier) in await MigrationsAsync())
        {
            await using var targets = new MySqlSchedulerDb(Options<MySqlSchedulerDb>(await mySql.CreateDatabaseAsync(), SchedulerDb.Name));
            await UpgradeAsync(targets, scheduler);
            var target = await targets.Targets.SingleAsync(Cancellation);
            Assert.Equal(("a target", TargetStatus.Fail, 7L, 7L, true), (target.Name, target.Status, target.PassCount, target.MissedCount, target.Enabled));
            Assert.Equal("a target", target.ToProto(new SecretBox(new byte[SecretKeys.Bytes])).Name);
            Assert.Equal(TargetStatus.Fail, (await targets.StatusChanges.SingleAsync(Cancellation)).ToStatus);

            await using var deliveries = new MySqlNotifierDb(Options<MySqlNotifierDb>(await mySql.CreateDatabaseAsync(), NotifierDb.Name));
            await UpgradeAsync(deliveries, notifier);
            var delivery = await deliveries.Deliveries.SingleAsync(Cancellation);
            Assert.Equal("a notifier", (await deliveries.Notifiers.SingleAsync(Cancellation)).Name);
            Assert.Equal((DeliveryState.Pending, 1L), (delivery.State, delivery.NotifierId));
        }
    }

    // The lists differ in length: the last migration of the shorter list is repeated.
    private static async Task<IReadOnlyList<(string Scheduler, string Notifier)>> MigrationsAsync()
    {
        await using var targets = new MySqlSchedulerDb(Options<MySqlSchedulerDb>("Server=unused", "unused"));
        await using var deliveries = new MySqlNotifierDb(Options<MySqlNotifierDb>("Server=unused", "unused"));
        var (ofScheduler, ofNotifier) = (targets.Database.GetMigrations().ToList(), deliveries.Database.GetMigrations().ToList());
        return [.. Enumerable.Range(0, Math.Max(ofScheduler.Count, ofNotifier.Count))
            .Select(i => (ofScheduler[Math.Min(i, ofScheduler.Count - 1)], ofNotifier[Math.Min(i, ofNotifier.Count - 1)]))];
    }

    // Creates the tables of an old release and fills them, upgrades, and compares: no value may be lost or changed.
    private static async Task UpgradeAsync(DbContext db, string migration)
    {
        await db.GetService<IMigrator>().MigrateAsync(migration, Cancellation);
        await RunAsync(db, "SET SESSION foreign_key_checks = 0");
        var before = new Dictionary<string, Dictionary<string, object?>>();
        foreach (var table in await NamesAsync(db, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE '\\_\\_%'"))
        {
            var columns = await NamesAsync(db, $"SELECT CONCAT(column_name, ' ', data_type) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}' AND generation_expression = ''");
            var values = columns.Select(column => column.Split(' ')).ToDictionary(column => column[0], column => ValueOf(table, column[0], column[1]));
            await RunAsync(db, $"REPLACE INTO {table} ({string.Join(", ", values.Keys.Select(column => $"`{column}`"))}) VALUES ({string.Join(", ", values.Values)})");
            before[table] = await RowAsync(db, table);
        }

        await db.Database.MigrateAsync(Cancellation);

        Assert.NotEmpty(before);
        foreach (var (table, row) in before)
        {
            var after = await RowAsync(db, table);
            Assert.All(row, column => Assert.Equal(column.Value, after[column.Key]));
        }
    }

    private static string ValueOf(string table, string column, string type) => (table, column) switch
    {
        (_, "id") => "1",
        ("targets", "name") => "'a target'",
        ("notifiers", "name") => "'a notifier'",
        (_, "url") => "'http://127.0.0.1/'",
        (_, "address") => "'me@example.org'",
        (_, "type") => "'SMTP'",
        (_, "state") => "'PENDING'",
        (_, "enabled") => "1",
        (_, "status" or "to_status") => "'FAIL'",
        (_, "from_status" or "previous_status") => "'PASS'",
        (_, "change_id" or "message_id" or "notice_id" or "opened_by" or "closed_by") => "'0197D5E4-0000-7000-8000-000000000001'",
        (_, "target_id" or "notifier_id") => "1",
        (_, "payload") => "'{}'",
        _ when type is "tinyint" => "1",
        _ when type.EndsWith("int", StringComparison.Ordinal) => "7",
        _ when type is "datetime" => "'2026-11-22 12:00:00'",
        _ => "'text'",
    };

    private static async Task<Dictionary<string, object?>> RowAsync(DbContext db, string table)
    {
        await using var command = await CommandAsync(db, $"SELECT * FROM {table}");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation), $"{table} is empty");
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, at => (object?)reader.GetValue(at));
    }

    private static async Task<List<string>> NamesAsync(DbContext db, string sql)
    {
        await using var command = await CommandAsync(db, sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task RunAsync(DbContext db, string sql)
    {
        await using var command = await CommandAsync(db, sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<DbCommand> CommandAsync(DbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync(Cancellation);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static DbContextOptions<TContext> Options<TContext>(string connection, string owner)
        where TContext : DbContext
        => (DbContextOptions<TContext>)new DbContextOptionsBuilder<TContext>().UseSkypunchMySql(connection + ";Allow User Variables=true;GUID Format=Char36", owner).Options;
}
