using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Skypunch.Bench.Faults;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Bench.History;

/// <summary>Fills a store with the history of many targets, and measures how long it takes to read it.</summary>
internal static class HistoryVerb
{
    private const int Times = 50;
    private const int ReportTargets = 10_000;

    // In this time the code is compiled.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">
    /// Optionally <c>--mode distributed</c> for MySQL instead of SQLite, and <c>--frequency</c> with the seconds between two probes (60). Then how
    /// many targets, how many days, and a store that is kept and read again: a file, or the connection string of a database. Without them 100,000,
    /// 400 and a store that is removed at the end.
    /// </param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var (isMySql, frequency, rest) = (false, 60, arguments.ToArray());
        while (rest is [['-', '-', ..] option, var value, .. var others])
        {
            (isMySql, frequency) = (option, value) switch
            {
                ("--mode", "standalone" or "distributed") => (value == "distributed", frequency),
                ("--frequency", _) => (isMySql, NumberOf([value], 0, 0)),
                _ => throw Unknown(),
            };
            rest = others;
        }

        var (targets, days, place) = (NumberOf(rest, 0, 100_000), NumberOf(rest, 1, 400), rest.ElementAtOrDefault(2));
        await using HistoryStore store = isMySql ? await MySqlHistoryStore.StartAsync(place) : new SqliteHistoryStore(place);
        var now = TimeProvider.System.GetUtcNow();
        if (!await store.IsFilledAsync())
        {
            await FillAsync(store, targets, days, frequency, now);
        }

        await ReadAsync(store, targets, now);
    }

    private static BenchException Unknown() => new("history takes --mode standalone or distributed, --frequency SECONDS, the number of targets and of days, and a file or a connection string.");

    private static int NumberOf(string[] arguments, int at, int byDefault)
        => arguments.Length <= at ? byDefault : int.TryParse(arguments[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw Unknown();

    private static async Task FillAsync(HistoryStore store, int targets, int days, int frequency, DateTimeOffset now)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var (table, bytes) in await store.FillAsync(targets, days, frequency, now))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table,-16} {bytes / 1e6,10:0.0} MB, {bytes * 1000.0 / targets / 1e6:0.00} MB per 1,000 targets"));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
    }

    private static async Task ReadAsync(HistoryStore store, int targets, DateTimeOffset now)
    {
        var random = new Random(1);
        var end = now.ToUnixTimeMilliseconds();
        var retention = (long)new SchedulerOptions().HourRetention.TotalMilliseconds;
        HistoryWindow[] windows = [HistoryWindow.Of(end - HistoryWindow.Day, end, end, retention), HistoryWindow.Of(end - (30 * HistoryWindow.Day), end, end, retention)];
        await MeasureAsync("50 targets with bars, 24 h and 30 d", async db =>
        {
            var first = random.Next(targets - 50);
            var page = await new TargetRows(db).ListAsync(rows => rows.Where(row => row.Id > first).OrderBy(row => row.Id).Take(50), CancellationToken.None);
            var bars = page.Sum(target => RecentResults.Of(target).Count());
            return bars + (await UptimesOf(db).ReadAsync([.. page.Select(target => target.Id)], windows, end, CancellationToken.None)).Count;
        });
        await MeasureAsync("a year of one target by the day", async db => (await new SeriesReader(new HistoryRows(db)).ReadAsync(
            random.Next(1, targets), new AskedSpan(end - (365 * HistoryWindow.Day), end), SeriesStep.Day, end, CancellationToken.None)).Count);
        await MeasureAsync("30 days of one target by the hour", async db => (await new SeriesReader(new HistoryRows(db)).ReadAsync(
            random.Next(1, targets), new AskedSpan(end - (30 * HistoryWindow.Day), end), SeriesStep.Hour, end, CancellationToken.None)).Count);
        await ReportAsync(store, Math.Min(targets, ReportTargets), now, retention);

        async Task MeasureAsync(string what, Func<SchedulerDb, Task<int>> read)
        {
            var (began, took) = (Stopwatch.GetTimestamp(), new List<double>());
            var first = await OnceAsync();
            while (Stopwatch.GetElapsedTime(began) < WarmUp)
            {
                await OnceAsync();
            }

            while (took.Count < Times)
            {
                took.Add(await OnceAsync());
            }

            took.Sort();
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what,-40} median {took[Times / 2],6:0.0} ms, longest {took[^1],6:0.0} ms, first {first:0} ms"));

            async Task<double> OnceAsync()
            {
                await using var db = store.Open();
                var start = Stopwatch.GetTimestamp();
                await read(db);
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
    }

    private static async Task ReportAsync(HistoryStore store, int targets, DateTimeOffset now, long retention)
    {
        var faults = new ServiceDefaults.AdminApi.FieldViolations();
        var month = now.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var span = AskedSpan.Of(new UptimeWindow { Month = month }, AskedSpan.Zone("Europe/Berlin", faults), now, "window", faults);
        var window = HistoryWindow.Of(span.Start, span.End, now.ToUnixTimeMilliseconds(), retention);
        var began = Stopwatch.GetTimestamp();
        for (var first = 0; first < targets; first += 500)
        {
            await using var db = store.Open();
            await UptimesOf(db).ReadAsync([.. Enumerable.Range(first + 1, 500).Select(id => (long)id)], [window], now.ToUnixTimeMilliseconds(), CancellationToken.None);
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"a month's report of {targets} targets: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"));
    }

    private static UptimeReader UptimesOf(SchedulerDb db) => new(new HistoryRows(db), Options.Create(new SchedulerOptions()));
}
