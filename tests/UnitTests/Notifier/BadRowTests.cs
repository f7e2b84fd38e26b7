using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.UnitTests.Notifier;

/// <summary>
/// Somebody writes a bad value into a column with SQL. The other messages are sent, and this message is sent once the value is corrected.
/// </summary>
public sealed class BadRowTests
{
    private static readonly string[] Poisons = ["'text'", "''", "x'00ff'", "9223372036854775807", "-1", "1e300", "'0000-00-00 00:00:00'", "'9999-12-31 23:59:59'", "NULL"];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            using var db = new SqliteNotifierDbDesign().CreateDbContext([]);
            foreach (var (row, column) in db.Model.GetEntityTypes().SelectMany(table => table.GetProperties()).Index())
            {
                foreach (var poison in Share.Of(Poisons, few: 4, row))
                {
                    cases.Add(column.DeclaringType.ContainingEntityType.GetTableName()!, column.GetColumnName(), poison);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_bad_value_in_any_column_delays_no_other_message_and_its_correction_is_noticed(string table, string column, string poison)
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var (bad, good) = (await store.AddNotifierAsync(smtp.Params, "bad@example.org"), await store.AddNotifierAsync(smtp.Params, "good@example.org"));
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        store.Execute($"CREATE TABLE saved AS SELECT * FROM {table}");
        if (!TryPoison(store, table, column, poison))
        {
            return; // SQLite itself refuses the value
        }

        await WorkAsync(store, bad, good);
        var sent = smtp.TakeAll();
        Assert.Contains(sent, mail => mail.Recipients is ["good@example.org"] && mail.Message.Subject!.EndsWith("Target 2", StringComparison.Ordinal));

        store.Execute($"UPDATE {table} SET {column} = (SELECT {column} FROM saved WHERE saved.rowid = 1) WHERE rowid = {(column == "id" ? poison : "1")}");
        store.Execute("UPDATE deliveries SET state = 'PENDING' WHERE state IN ('FAILED', 'CANCELLED')"); // as an operator does with messages that were given up
        await WorkAsync(store, bad, good);

        var all = sent.Concat(smtp.TakeAll()).Select(mail => mail.Message.MessageId).ToList();
        Assert.Equal(4, all.Count);
        Assert.Equal(4, all.Distinct().Count());
    }

    [Theory]
    [InlineData("deliveries", "attempts", "9223372036854775807", "the delivery's row has in the column attempts what cannot be read")]
    [InlineData("deliveries", "set_aside_at", "'soon'", null)]
    [InlineData("announcements", "payload", "'{'", "the stored change cannot be read")]
    [InlineData("announcements", "payload", "'{\"Name\":null}'", "the stored change cannot be read")]
    [InlineData("notifiers", "params", "'enc:v1:AAAA'", "the notifier's params cannot be opened")]
    [InlineData("notifiers", "params", "'colour=red'", "its params must have server=HOST")]
    [InlineData("notifiers", "type", "'PIGEON'", "its type must be SMTP")]
    [InlineData("notifiers", "address", "'nobody'", "its address has 'nobody'")]
    public async Task What_is_wrong_stands_in_the_deliverys_error(string table, string column, string poison, string? error)
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1));
        store.Execute($"UPDATE {table} SET {column} = {poison}");

        await WorkAsync(store, id);

        string? told = null;
        await store.WithDbAsync(async db => told = await db.Deliveries.Select(d => d.LastError).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(error is null, told is null);
        Assert.Contains(error ?? "", told ?? "");
        Assert.Equal(error is null ? 1 : 0, smtp.TakeAll().Count);
    }

    [Fact]
    public async Task A_message_set_aside_is_given_up_after_its_time()
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync("server=");
        await store.AnnounceAsync(AChange.Failure(1));
        store.Clock.Advance(store.Options.GiveUpAfter);

        await store.RunAsync(id);

        Assert.Equal((DeliveryState.Failed, 1), ((await store.DeliveryAsync()).State, (await store.DeliveryAsync()).Attempts));
    }

    [Fact]
    public async Task A_bad_row_is_listed_with_what_is_wrong_and_hides_no_other()
    {
        await using var host = await NotifierHost.StartAsync();
        var notifier = new Skypunch.Admin.V1.Notifier { Name = "ops", Address = "ops@example.org", Params = "server=127.0.0.1,port=9,security=none" };
        await host.Client.CreateNotifierAsync(new() { Notifier = notifier }, cancellationToken: TestContext.Current.CancellationToken);
        await host.Bus.Publish(new Skypunch.Contracts.StatusChangeBatch([AChange.Failure(1), AChange.Failure(2)]), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(
            async () => (await host.Client.ListDeliveriesAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Deliveries.Count == 2,
            "there are two deliveries");

        await using (var connection = new SqliteConnection(host.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE deliveries SET state = 'WHATEVER' WHERE target_id = 1";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var list = (await host.Client.ListDeliveriesAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Deliveries;

        Assert.Contains("in the column state what cannot be read", list.Single(delivery => delivery.TargetId == 1).LastError);
        Assert.Equal("Target 2", list.Single(delivery => delivery.TargetId == 2).TargetName);
    }

    private static bool TryPoison(NotifierStore store, string table, string column, string poison)
    {
        try
        {
            store.Execute($"PRAGMA foreign_keys = OFF; UPDATE {table} SET {column} = {poison} WHERE rowid = 1");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_delivery_whose_change_is_gone_is_given_up_but_not_while_both_are_being_stored()
    {
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync("server=127.0.0.1,security=none");
        await store.AnnounceAsync(AChange.Failure(1));
        store.Execute("PRAGMA foreign_keys = OFF; DELETE FROM announcements");
        var (fresh, later) = (-1, -1);

        await store.WithDbAsync(async db =>
        {
            var storedAt = await db.Deliveries.Select(d => d.CreatedAt).SingleAsync(TestContext.Current.CancellationToken);
            fresh = await db.GiveUpOrphansAsync(storedAt.AddSeconds(1), TestContext.Current.CancellationToken);
            later = await db.GiveUpOrphansAsync(storedAt.AddHours(1), TestContext.Current.CancellationToken);
        });

        Assert.Equal((0, 1), (fresh, later));
    }

    /// <summary>Runs a Notifier for half a minute.</summary>
    private static async Task WorkAsync(NotifierStore store, params long[] notifiers)
    {
        for (var second = 0; second < 30; second += 6)
        {
            await store.LiveAsync(TimeSpan.FromSeconds(6), store.Services);
            await store.Services.GetRequiredService<DeliveryRepair>().PutRightAsync(TestContext.Current.CancellationToken);
            foreach (var notifier in notifiers)
            {
                await store.RunAsync(notifier);
            }
        }
    }
}
