using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Store;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// The Notifier's rows with any values that an edit in SQL may leave, and changes with any values: all other messages are sent.
/// </summary>
public sealed class NotifierRowTests
{
    private static readonly string[] Values =
    [
        "NULL", "''", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "1e300", "0.5", "'text'", "x'00ff'", "'0000-00-00 00:00:00'", "'9999-12-31 23:59:59.999999'", "'2026-03-01 11:00:00'",
        "'enc:v1:AAAA'", "'enc:v2:AAAA'", "'server=127.0.0.1,port=9,security=none'", "'server=127.0.0.1,port=0'", "'user=u,password=p'", "'SMTP'", "'PIGEON'", "'SENT'", "'PENDING'", "'FAILED'", "'bad@example.org'",
        "'a@example.org, \"B'", "char(0)", "char(8238)", "'{}'", "'null'", "'[]'", "'{\"Name\":null}'", "replace(hex(zeroblob(5000)), '00', 'x')",
    ];

    [Fact]
    public async Task Any_values_in_any_columns_keep_no_other_message_from_being_sent()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var columns = Columns();
        await FuzzRun.EachAsync(60, 1, async (_, random) =>
        {
            var (bad, good) = (await store.AddNotifierAsync(smtp.Params, "bad@example.org"), await store.AddNotifierAsync(smtp.Params, "good@example.org"));
            await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var (table, column) = columns[random.Next(columns.Count)];
                Poison(store, $"UPDATE {table} SET {column} = {Values[random.Next(Values.Length)]} WHERE rowid = (SELECT MIN(rowid) FROM {table})");
            }

            await WorkAsync(store, bad, good);

            var sent = smtp.TakeAll();
            Assert.Contains(sent, mail => mail.Recipients is ["good@example.org"] && mail.Message.Subject!.EndsWith("Target 2", StringComparison.Ordinal));
            store.Execute("PRAGMA foreign_keys = OFF; DELETE FROM deliveries; DELETE FROM announcements; DELETE FROM notifiers");
            return $"{sent.Count} of 4 sent";
        });
    }

    [Fact]
    public async Task Changes_with_any_values_are_stored_and_keep_no_other_message_from_being_sent()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await FuzzRun.EachAsync(100, 1, async (_, random) =>
        {
            var any = (TargetStatusChanged)new AnyValue(random).Of(typeof(TargetStatusChanged)) with { ChangeId = Guid.NewGuid(), TargetId = random.Next(3) == 0 ? long.MaxValue : 1 };

            await NotifierStore.WithAsync(store.Services, (Announcements announcements) => announcements.StoreAsync([any, AChange.Failure(2)], TestContext.Current.CancellationToken));
            await WorkAsync(store, id);

            var sent = smtp.TakeAll();
            Assert.Contains(sent, mail => mail.Message.Subject!.EndsWith("Target 2", StringComparison.Ordinal));
            store.Execute("DELETE FROM deliveries; DELETE FROM announcements");
            return $"{sent.Count} of 2 sent";
        });
    }

    private static List<(string Table, string Column)> Columns()
    {
        using var db = new SqliteNotifierDbDesign().CreateDbContext([]);
        return [.. db.Model.GetEntityTypes().SelectMany(table => table.GetProperties().Select(property => (table.GetTableName()!, property.GetColumnName())))];
    }

    private static void Poison(NotifierStore store, string statement)
    {
        try
        {
            store.Execute($"PRAGMA foreign_keys = OFF; {statement}");
        }
        catch (SqliteException)
        {
            // SQLite itself refuses the value.
        }
    }

    /// <summary>Runs a Notifier for some seconds.</summary>
    private static async Task WorkAsync(NotifierStore store, params long[] notifiers)
    {
        for (var turn = 0; turn < 3; turn++)
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
