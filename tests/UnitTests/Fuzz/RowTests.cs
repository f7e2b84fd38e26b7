using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Skypunch.Prober.Probing;
using Skypunch.Scheduler.Model;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// Rows of targets with any values that an edit in SQL may leave: the other targets are claimed, and reading the row says what is wrong.
/// NotifierRowTests does the same for notifiers.
/// </summary>
public sealed class RowTests
{
    private static readonly string[] Values =
    [
        "NULL", "''", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "1e300", "0.5", "'text'", "x'00ff'", "'0000-00-00 00:00:00'", "'9999-12-31 23:59:59.999999'", "'2026-11-22 12:00:00'", "'enc:v1:AAAA'",
        "'user=u,password=p'", "'a: b'", "'GET'", "'200-299'", "'json $.a-b == 1'", "'http://xn--ß/'", "char(0)", "replace(hex(zeroblob(5000)), '00', 'x')",
    ];

    [Fact]
    public async Task Any_value_in_any_column_keeps_no_other_target_from_being_probed()
    {
        using var store = new SchedulerStore();
        var columns = Columns(store);
        await FuzzRun.EachAsync(150, 1, async (number, random) =>
        {
            var healthy = await store.AddAsync($"healthy {number}");
            var fuzzed = await store.AddAsync($"fuzzed {number}");
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                await PoisonAsync(store, columns[random.Next(columns.Count)], Values[random.Next(Values.Length)], fuzzed);
            }

            var jobs = await store.ClaimAsync();

            Assert.Contains(jobs, claimed => claimed.Job.TargetId == healthy);
            var claimed = jobs.Where(claimed => claimed.Job.TargetId == fuzzed).Select(claimed => claimed.Job).FirstOrDefault();
            var isRight = claimed is not null && ProbeRequest.TryPrepare(claimed, out _, out _);
            await using var db = store.Open();
            await db.Database.ExecuteSqlRawAsync("DELETE FROM targets", TestContext.Current.CancellationToken);
            return claimed is null ? "not claimed" : isRight ? "probed" : "refused";
        });
    }

    private static List<string> Columns(SchedulerStore store)
    {
        using var db = store.Open();
        return [.. db.Model.FindEntityType(typeof(Target))!.GetProperties().Where(property => !property.IsShadowProperty()).Select(property => property.GetColumnName()).Where(name => name != "id")];
    }

    private static async Task PoisonAsync(SchedulerStore store, string column, string value, long id)
    {
        await using var db = store.Open();
        try
        {
            var statement = $"UPDATE targets SET {column} = {value} WHERE id = {id}";
            await db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken);
        }
        catch (SqliteException)
        {
            // SQLite itself refuses the value.
        }
    }
}
