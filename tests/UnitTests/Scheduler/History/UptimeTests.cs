using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Targets;

namespace Skypunch.UnitTests.Scheduler.History;

/// <summary>Targets are watched for weeks, days are added up and old hours deleted meanwhile: all windows agree with the results one by one.</summary>
public sealed class UptimeTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SchedulerStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Windows_have_the_counts_and_times_of_their_results()
    {
        var targets = await WatchAsync(Begin.AddDays(52).AddHours(7.4));
        var now = _store.Clock.GetUtcNow();

        foreach (var span in new[] { 1, 24, 7 * 24, 30 * 24, 45 * 24 }.Select(hours => new AskedSpan(Ms(now.AddHours(-hours)), Ms(now))))
        {
            var window = HistoryWindow.Of(span.Start, span.End, Ms(now), (long)TimeSpan.FromDays(35).TotalMilliseconds);
            var uptimes = await UptimesAsync(targets.Select(target => target.Id), window);

            Assert.InRange(span.Start - window.Start, -HistoryWindow.Day / 2, HistoryWindow.Day / 2);
            Assert.Equal(targets.Select(target => target.Id), uptimes.Select(uptime => uptime.TargetId));
            Assert.All(targets.Zip(uptimes), pair => AssertIsOf(pair.First, pair.Second.Uptimes[0], window));
        }
    }

    [Fact]
    public async Task A_month_is_that_of_the_zone()
    {
        var targets = await WatchAsync(Begin.AddDays(52).AddHours(7.4));
        var now = _store.Clock.GetUtcNow();
        var faults = new Skypunch.ServiceDefaults.AdminApi.FieldViolations();

        var span = AskedSpan.Of(new UptimeWindow { Month = "2027-01" }, AskedSpan.Zone("Europe/Berlin", faults), now, "window", faults);
        var window = HistoryWindow.Of(span.Start, span.End, Ms(now), (long)TimeSpan.FromDays(35).TotalMilliseconds);

        Assert.False(faults.Any);
        Assert.Equal((Ms(new(2027, 1, 1, 0, 0, 0, TimeSpan.FromHours(1))), Ms(now)), (window.Start, window.End));
        Assert.All(targets.Zip(await UptimesAsync(targets.Select(target => target.Id), window)), pair => AssertIsOf(pair.First, pair.Second.Uptimes[0], window));
    }

    [Theory]
    [InlineData("2026-12-31T23:00Z", "2027-01-31T23:00Z", "2026-12-31T23:00Z", "2027-01-31T23:00Z", 33)] // January in Berlin, hours are kept
    [InlineData("2026-12-31T23:00Z", "2027-01-31T23:00Z", "2027-01-01T00:00Z", "2027-02-01T00:00Z", 90)]
    [InlineData("2027-01-01T05:00Z", "2027-02-01T05:00Z", "2027-01-01T00:00Z", "2027-02-01T00:00Z", 90)] // in New York
    [InlineData("2027-01-01T08:10Z", "2027-01-01T08:40Z", "2027-01-01T08:00Z", "2027-01-01T09:00Z", 10)] // within an hour
    [InlineData("2027-01-01T14:00Z", "2027-01-01T16:00Z", "2027-01-01T00:00Z", "2027-01-02T00:00Z", 90)]
    [InlineData("2027-01-01T08:10Z", "2027-01-01T08:40Z", "2027-01-01T08:00Z", "2027-01-01T08:48:45Z", 0.3671875)]
    public void A_window_has_the_nearest_edges_that_are_kept(string start, string end, string windowStart, string windowEnd, double daysLater)
    {
        var now = At("2027-01-01T00:00Z") + (long)(daysLater * HistoryWindow.Day);

        Assert.Equal(new HistoryWindow(At(windowStart), At(windowEnd)), HistoryWindow.Of(At(start), At(end), now, (long)TimeSpan.FromDays(35).TotalMilliseconds));

        static long At(string instant) => Ms(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_deleted_target_keeps_its_history()
    {
        var target = (await WatchAsync(Begin.AddDays(3).AddHours(7.4)))[0];
        var window = new HistoryWindow(Ms(Begin), Ms(_store.Clock.GetUtcNow()));
        var before = (await UptimesAsync([target.Id], window))[0].Uptimes[0];

        await using (var db = _store.Open())
        {
            Assert.True(await new TargetDeletion(db, _store.Clock).RunAsync(target.Id, Cancellation));
        }

        var after = (await UptimesAsync([target.Id], window))[0].Uptimes[0];
        Assert.Equal((before.PassCount, before.FailCount, before.MissedCount, before.IncidentCount), (after.PassCount, after.FailCount, after.MissedCount, after.IncidentCount));
        await using var gone = _store.Open();
        Assert.False(await gone.Incidents.AnyAsync(incident => incident.TargetId == target.Id && incident.EndedAt == null, Cancellation));
    }

    [Fact]
    public async Task An_hour_that_ends_after_its_day_was_added_up_is_added_to_the_day()
    {
        var id = await _store.AddAsync("x");
        var other = await _store.AddAsync("y");
        var target = new WatchedTarget(_store, id, TimeSpan.FromMinutes(10));
        await target.WatchAsync(Begin, Begin.AddHours(23.5)); // its last hour is open
        await new WatchedTarget(_store, other, TimeSpan.FromMinutes(10)).WatchAsync(Begin, Begin.AddHours(30));
        _store.Clock.SetUtcNow(Begin.AddHours(26));
        await AddUpAsync();

        await target.WatchAsync(Begin.AddDays(5), Begin.AddDays(5).AddHours(1));

        await using var db = _store.Open();
        var day = await db.TargetDays.AsNoTracking().SingleAsync(day => day.TargetId == id, Cancellation);
        Assert.Equal(target.Slots.Count(slot => slot is { Passed: true } && slot.Slot < Begin.AddDays(1)), day.Passes);
    }

    [Fact]
    public async Task The_last_hour_of_a_target_that_is_not_probed_any_more_is_not_forgotten()
    {
        var target = new WatchedTarget(_store, await _store.AddAsync("x", frequency: 600), TimeSpan.FromMinutes(10));
        await target.WatchAsync(Begin, Begin.AddHours(23.5));
        await new WatchedTarget(_store, await _store.AddAsync("y", frequency: 600), TimeSpan.FromMinutes(10)).WatchAsync(Begin, Begin.AddDays(3));
        _store.Clock.SetUtcNow(Begin.AddDays(3));
        await AddUpAsync();

        var window = new HistoryWindow(Ms(Begin), Ms(Begin.AddDays(3)));
        var uptime = (await UptimesAsync([target.Id], window))[0].Uptimes[0];

        Assert.Equal(target.Slots.Count(slot => slot.Passed is true), uptime.PassCount);
    }

    [Fact]
    public void A_target_that_needs_two_passes_is_down_in_the_end_of_an_hour_until_the_second()
    {
        var begin = Ms(Begin);
        KeptResult[] results = [.. Enumerable.Range(0, 6).Select(i => new KeptResult(begin + (i * 60_000), Outcome: i < 2 ? (byte)1 : (byte)0, Latency: 5))];
        var hour = new TargetHour { Hour = (int)OpenHour.Of(begin), CoveredMs = 360_000, FailingMs = 180_000 };
        var sums = new HistorySums();

        var down = CutHour.AddTo(sums, hour, results, begin + 90_000, begin + 360_000, 60_000, [new UptimeOf.Span(begin, begin + 180_000, IsOpen: false)]);

        Assert.Equal((90_000, 270_000, 4), (down, sums.CoveredMs, sums.Passes));
    }

    [Fact]
    public async Task Days_are_added_up_once_an_hour_after_midnight()
    {
        var id = await _store.AddAsync("x");
        await new WatchedTarget(_store, id, TimeSpan.FromMinutes(10)).WatchAsync(Begin, Begin.AddDays(2));
        _store.Clock.SetUtcNow(Begin.AddDays(1).AddMinutes(59));
        await AddUpAsync();
        await using var db = _store.Open();
        Assert.Empty(await db.TargetDays.ToListAsync(Cancellation));

        _store.Clock.SetUtcNow(Begin.AddDays(1).AddMinutes(61));
        await AddUpAsync();
        await AddUpAsync();

        var end = (Ms(Begin) / OpenHour.Length) + 24;
        var hours = await db.TargetHours.AsNoTracking().Where(hour => hour.Hour < end).ToListAsync(Cancellation);
        var day = await db.TargetDays.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal((hours.Sum(hour => hour.Passes), hours.Sum(hour => hour.CoveredMs)), (day.Passes, day.CoveredMs));
    }

    [Fact]
    public async Task What_is_too_old_is_deleted_in_steps()
    {
        var id = await _store.AddAsync("x");
        await new WatchedTarget(_store, id, TimeSpan.FromMinutes(10)).WatchAsync(Begin, Begin.AddDays(30));
        _store.Clock.SetUtcNow(Begin.AddDays(60));
        await AddUpAsync();
        await DeleteOldAsync();

        await using var db = _store.Open();
        Assert.Empty(await db.TargetChunks.ToListAsync(Cancellation));
        Assert.Equal(Ms(Begin.AddDays(25)) / OpenHour.Length, await db.TargetHours.MinAsync(hour => hour.Hour, Cancellation));
        Assert.InRange(await db.TargetDays.CountAsync(Cancellation), 29, 30);
        Assert.NotEmpty(await db.Incidents.ToListAsync(Cancellation));

        _store.Clock.SetUtcNow(Begin.AddDays(900));
        await AddUpAsync();
        await DeleteOldAsync();

        Assert.Empty(await db.TargetHours.ToListAsync(Cancellation));
        Assert.Empty(await db.TargetDays.ToListAsync(Cancellation));
        Assert.DoesNotContain(await db.Incidents.ToListAsync(Cancellation), incident => incident.EndedAt is not null);
    }

    private async Task<List<WatchedTarget>> WatchAsync(DateTimeOffset to)
    {
        var targets = new List<WatchedTarget>();
        for (var number = 1; number <= 3; number++)
        {
            targets.Add(new WatchedTarget(_store, await _store.AddAsync(new Skypunch.Scheduler.Model.Target { Name = $"target {number}", Url = "http://127.0.0.1/", Frequency = 600 }), TimeSpan.FromMinutes(10)));
        }

        for (var day = Begin; day < to; day = day.AddDays(1))
        {
            foreach (var target in targets)
            {
                await target.WatchAsync(day, day.AddDays(1) < to ? day.AddDays(1) : to);
            }

            _store.Clock.SetUtcNow(day.AddHours(2));
            await AddUpAsync();
            await DeleteOldAsync();
        }

        _store.Clock.SetUtcNow(to);
        return targets;
    }

    private static void AssertIsOf(WatchedTarget target, Uptime uptime, HistoryWindow window)
    {
        var slots = target.Slots.Where(slot => Ms(slot.Slot) >= window.Start && Ms(slot.Slot) < window.End).ToList();
        Assert.Equal((slots.Count(slot => slot.Passed is true), slots.Count(slot => slot.Passed is false)), (uptime.PassCount, uptime.FailCount));
        Assert.InRange(uptime.MissedCount, slots.Count(slot => slot.Passed is null) - 3, slots.Count(slot => slot.Passed is null) + 3); // those since the last result are not seen yet; one may lie at the edge
        Assert.Equal(window.End - window.Start, (uptime.Observed + uptime.Unknown).ToTimeSpan().TotalMilliseconds);

        // A result covers the time to the next slot, which is ten minutes.
        const double Slot = 600;
        Assert.InRange(uptime.Observed.ToTimeSpan().TotalSeconds, (slots.Count(slot => slot.Passed is not null) - 1) * Slot, (slots.Count(slot => slot.Passed is not null) + 1) * Slot);
        Assert.InRange(uptime.Down.ToTimeSpan().TotalSeconds, (slots.Count(slot => slot.Passed is false) - 1) * Slot, (slots.Count(slot => slot.Passed is false) + 1) * Slot);
        Assert.InRange(uptime.AvailabilityPercent, 0, uptime.Down.Seconds > 0 ? 99.99999 : 100);
        Assert.Equal(Math.Floor(uptime.PassCount * 10_000_000m / (uptime.PassCount + uptime.FailCount)) / 100_000m, (decimal)uptime.SuccessPercent);
        Assert.Equal(uptime.PassCount > 0, uptime.Latency is not null);
        Assert.InRange(uptime.Latency?.P50.ToTimeSpan().TotalMilliseconds ?? 20, 19, 42);
    }

    private async Task<List<TargetUptime>> UptimesAsync(IEnumerable<long> ids, HistoryWindow window)
    {
        await using var db = _store.Open();
        return await new UptimeReader(new HistoryRows(db), Options.Create(new SchedulerOptions())).ReadAsync([.. ids], [window], Ms(_store.Clock.GetUtcNow()), Cancellation);
    }

    private async Task AddUpAsync()
    {
        await using var db = _store.Open();
        while (await new DaySums(db, _store.Clock).AddAsync(Cancellation))
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task DeleteOldAsync()
    {
        await using var db = _store.Open();
        while (await new OldHistory(db, Options.Create(new SchedulerOptions()), _store.Clock).DeleteAsync(Cancellation))
        {
        }
    }

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
