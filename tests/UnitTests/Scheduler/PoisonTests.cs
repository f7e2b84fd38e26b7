using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>
/// Every column of <c>targets</c> with every kind of value that SQLite accepts: one target has the value, and the others must not be
/// affected.
/// </summary>
public sealed class PoisonTests : IDisposable
{
    private const string Bad = "bad";
    private const int Seconds = 7; // a row that was set aside is checked again after five

    private static readonly string[] Poisons =
    [
        "9223372036854775807", "-9223372036854775808", "5000000000", "1e300", "-1e300", "9e999", "'abc'", "''", "x'ff00fe'", "NULL", "'0000-00-00 00:00:00'",
        "'9999-12-31 23:59:59.9999999'", "'2099-01-01T00:00:00Z'", "replace(hex(zeroblob(400000)), '0', 'x')", "'enc:v1:AAAA'",
    ];

    private static readonly string[] AllColumns = [.. typeof(Target).GetProperties().Select(column => SnakeCaseNames.Of(column.Name)).Where(column => column is not ("id" or "labels"))];

    private readonly SchedulerStore _store = new();

    public static TheoryData<string> Columns => [.. AllColumns];

    public void Dispose() => _store.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_row_with_any_value_in_this_column_stops_no_other_reports_it_and_is_probed_again_when_it_is_corrected(string column)
    {
        await _store.AllowNullsAsync();
        var good = new[] { await _store.AddAsync("one"), await _store.AddAsync("other") };
        var spare = await _store.AddAsync("spare");
        var bad = new Dictionary<long, string>();
        foreach (var poison in Share.Of(Poisons, few: 7, row: Array.IndexOf(AllColumns, column)))
        {
            bad[await _store.AddAsync($"{Bad} {bad.Count}")] = poison;
        }

        await RunAsync(2);
        var before = await Task.WhenAll(good.Select(_store.ReadAsync));
        foreach (var (id, poison) in bad)
        {
            await WriteAsync($"UPDATE targets SET {column} = {poison} WHERE id = {id}");
        }

        await RunAsync(Seconds);

        Assert.Equal(before.Select(target => target.PassCount + Seconds), (await Task.WhenAll(good.Select(_store.ReadAsync))).Select(target => target.PassCount));
        await AssertShownAsync(column, bad);
        var mended = column == "name" ? "'mended ' || id" : $"(SELECT {column} FROM targets WHERE id = {spare})";
        await WriteAsync($"UPDATE targets SET {column} = {mended} WHERE id IN ({string.Join(',', bad.Keys)})");
        await RunAsync(Seconds);
        foreach (var (id, poison) in bad)
        {
            var target = await _store.ReadAsync(id);
            Assert.True(column == "frequency" || IsWell(target), $"{column} = {poison}, mended: {Shown(target)}");
        }
    }

    private async Task AssertShownAsync(string column, Dictionary<long, string> bad)
    {
        await using var db = _store.Open();
        var rows = new TargetRows(db);
        var listed = await rows.ListAsync(targets => targets.OrderBy(t => t.Id), Cancellation);
        var page = await new TargetMetricsPage(db, Options.Create(new SchedulerOptions())).WriteAsync(Cancellation);
        await _store.ReportAsync(db);
        Assert.Equal(["one", "other"], listed.Select(t => t.Name).Where(name => name is "one" or "other"));
        Assert.Equal(2, page.Split('\n').Count(line => line.StartsWith("probe_success{", StringComparison.Ordinal) && (line.Contains("\"one\"") || line.Contains("\"other\""))));
        foreach (var (id, poison) in bad)
        {
            var shown = (await rows.GetAsync(id, Cancellation))!;
            shown.ToProto(_store.Secrets);
            Assert.True(IsWell(shown) || IsTold(shown, column) || (column == "frequency" && shown.StatusDescription == "OK"), $"{column} = {poison}: {shown.Status} {shown.StatusDescription} {shown.LastUpdated}");
        }
    }

    private string Shown(Target t)
        => $"{t.Status} {t.StatusDescription}; now {_store.Clock.GetUtcNow():HH:mm:ss.fff}, probed {t.LastUpdated:HH:mm:ss.fff}, last slot {t.LastSlotAt:HH:mm:ss.fff}, "
            + $"next {t.NextProbeAt:HH:mm:ss.fff}, in flight {t.InFlightSlotAt:HH:mm:ss.fff} until {t.InFlightUntil:HH:mm:ss.fff}, {t.MissedCount} missed";

    private bool IsWell(Target target) => !target.Enabled || (target.StatusDescription == "OK" && _store.Clock.GetUtcNow() - target.LastUpdated < TimeSpan.FromSeconds(3));

    private static bool IsTold(Target target, string column) => target.Reason == SetAside.Reason && target.StatusDescription.Contains(column, StringComparison.Ordinal);

    private async Task RunAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _store.Clock.Advance(TimeSpan.FromSeconds(1));
            await _store.MendStrayInstantsAsync();
            var jobs = (await _store.ClaimAsync()).Concat(await _store.ClaimAsync()); // after a slot that was too late, the next slot is left to the next claim
            await _store.FoldAsync([.. jobs.Select(claimed => SchedulerStore.Result(claimed.Job))]);
        }
    }

    private async Task WriteAsync(string sql)
    {
        await using var db = _store.Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }
}
