using System.Globalization;
using CsCheck;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;

namespace Skypunch.UnitTests.Scheduler.Maintenance;

public sealed class WindowScheduleTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "UTC"];

    [Theory]

    // Berlin: on 2027-03-28 the hour from 02:00 to 03:00 (01:00 UTC) is skipped, on 2026-10-25 the one from 02:00 to 03:00 comes twice.
    [InlineData("Europe/Berlin", "SUN", "02:30", "2027-03-27T12:00", "2027-03-28T01:00")]
    [InlineData("Europe/Berlin", "SUN", "03:00", "2027-03-27T12:00", "2027-03-28T01:00")]
    [InlineData("Europe/Berlin", "SUN", "01:59", "2027-03-27T12:00", "2027-03-28T00:59")]
    [InlineData("Europe/Berlin", "SUN", "02:30", "2026-10-24T12:00", "2026-10-25T00:30")]
    [InlineData("Europe/Berlin", "SUN", "03:00", "2026-10-24T12:00", "2026-10-25T02:00")]

    // New York: on 2027-03-14 the hour from 02:00 to 03:00 (07:00 UTC) is skipped, on 2026-11-01 the one from 01:00 to 02:00 comes twice.
    [InlineData("America/New_York", "SUN", "02:30", "2027-03-13T12:00", "2027-03-14T07:00")]
    [InlineData("America/New_York", "SUN", "01:30", "2026-10-31T12:00", "2026-11-01T05:30")]
    [InlineData("America/New_York", "SAT-MON", "02:00", "2026-10-31T12:00", "2026-11-01T07:00")]
    [InlineData("UTC", "mon,wed", "00:00", "2026-11-22T12:00", "2026-11-23T00:00")]
    public void A_weekly_window_begins_once_when_the_clocks_change(string zone, string days, string time, string after, string begins)
    {
        var schedule = Read(Weekly(zone, days, time, TimeSpan.FromMinutes(30)));

        var first = schedule.EndingAfter(Utc(after)).First();

        Assert.Equal((Utc(begins), Utc(begins).AddMinutes(30)), (first.Start, first.End));
        Assert.True(schedule.EndingAfter(first.End).First().Start > first.Start.AddHours(20));
    }

    [Fact]
    public void A_window_lasts_as_long_as_it_says_when_the_clocks_change_within_it()
    {
        var schedule = Read(Weekly("Europe/Berlin", "SAT", "22:00", TimeSpan.FromHours(8)));

        Assert.Equal(
            [Utc("2026-10-25T04:00"), Utc("2027-03-28T05:00")], // 05:00 in winter time, 07:00 in summer time
            new[] { Utc("2026-10-24T12:00"), Utc("2027-03-27T12:00") }.Select(day => schedule.EndingAfter(day).First().End));
    }

    [Theory]
    [InlineData("0 2 * * *", "2026-10-24T23:00", new[] { "2026-10-25T00:00", "2026-10-26T01:00" })] // the first 02:00 only
    [InlineData("*/30 2 * * *", "2026-10-25T00:00", new[] { "2026-10-25T00:00", "2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30" })]
    [InlineData("0 22 * * MON#1", "2026-11-03T00:00", new[] { "2026-12-07T21:00", "2027-01-04T21:00" })]
    public void A_line_of_cron_begins_when_it_says(string line, string after, string[] begins)
    {
        var schedule = Read(new MaintenanceWindow { Name = "x", Filter = "id > 0", Cron = line, TimeZone = "Europe/Berlin", Duration = 60 });

        Assert.Equal(begins.Select(Utc), schedule.EndingAfter(Utc(after)).Take(begins.Length).Select(one => one.Start));
    }

    [Fact]
    public void A_window_covers_its_first_instant_and_not_its_end()
    {
        var (start, end) = (Utc("2026-11-22T12:00"), Utc("2026-11-22T13:00"));
        var schedule = WindowSchedule.Once(start, end);

        Assert.Equal(
            [false, true, true, false],
            new[] { start.AddTicks(-1), start, end.AddTicks(-1), end }.Select(at => schedule.At(at) is not null));
    }

    [Fact]
    public void Occurrences_that_overlap_or_touch_are_one_time_without_a_break()
    {
        var schedule = Read(new MaintenanceWindow { Name = "x", Filter = "id > 0", Cron = "0 8-10 * * *", Duration = 3600 });

        Assert.Equal(new Occurrence(Utc("2026-11-22T08:00"), Utc("2026-11-22T11:00")), schedule.At(Utc("2026-11-22T08:30")));
        Assert.Null(schedule.At(Utc("2026-11-22T11:00")));
    }

    [Fact]
    public void What_is_remembered_is_what_the_calendar_says() => Gen.Select(
        Gen.Int[0, 23], Gen.Int[0, 59], Gen.Int[1, 3 * 24 * 60], Gen.Int[0, 2].Select(i => Zones[i]), Gen.Int[0, 400 * 24 * 60].Array[1, 40]).Sample((hour, minute, minutes, zone, instants) =>
    {
        var row = Weekly(zone, "MON,SAT-SUN", string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}"), TimeSpan.FromMinutes(minutes));
        var (schedule, window) = (Read(row), WindowRow.Read(row, out _)!);
        foreach (var instant in instants.Select(at => Utc("2026-01-01T00:00").AddMinutes(at)))
        {
            // Not by the occurrences that end after the instant, but by all of the weeks around it.
            var covers = schedule.EndingAfter(instant.AddDays(-60)).TakeWhile(one => one.Start <= instant).Any(one => one.End > instant);

            Assert.Equal((covers, covers), (schedule.At(instant) is not null, window.CoversUntil(instant) is not null));
        }

        return true;
    });

    [Theory]
    [InlineData("weekly.weekdays", "Weekdays", "MON-TUE-WED")]
    [InlineData("weekly.weekdays", "Weekdays", "")]
    [InlineData("weekly.weekdays", "Weekdays", "MON,,TUE")]
    [InlineData("weekly.weekdays", "Weekdays", "* * *")]
    [InlineData("weekly.time_of_day", "TimeOfDay", "24:00")]
    [InlineData("weekly.time_of_day", "TimeOfDay", "8:00")]
    [InlineData("weekly.time_zone", "TimeZone", "Europe/Nowhere")]
    [InlineData("weekly.time_zone", "TimeZone", "")]
    [InlineData("weekly.duration", "Duration", 59)]
    [InlineData("weekly.duration", "Duration", (31 * 86_400) + 1)]
    [InlineData("weekly.duration", "Duration", null)]
    [InlineData("name", "Name", " x")]
    [InlineData("description", "Description", "a\nb")]
    [InlineData("filter", "Filter", " ")]
    [InlineData("filter", "Filter", "team = web")]
    [InlineData("filter", "Filter", "id > 0 AND NOT (status = FAIL OR name : x)")]
    [InlineData("filter", "Filter", "reason : *")]
    public void What_is_wrong_is_named_by_its_field(string field, string column, object? value)
    {
        var row = Weekly("Europe/Berlin", "MON-FRI", "08:00", TimeSpan.FromHours(1));
        typeof(MaintenanceWindow).GetProperty(column)!.SetValue(row, value);

        Assert.Null(WindowRow.Read(row, out var faults));

        Assert.Equal(field, Assert.Single(faults).Field);
    }

    [Theory]
    [InlineData("* * * *")]
    [InlineData("@daily")]
    [InlineData("0 0 30 2 *")]
    [InlineData("60 * * * *")]
    [InlineData("* * * * * *")]
    public void A_line_that_is_none_of_cron_is_refused(string line)
    {
        var row = new MaintenanceWindow { Name = "x", Filter = "id > 0", Cron = line, Duration = 60 };

        Assert.Null(WindowRow.Read(row, out var faults));

        Assert.Equal("cron.line", Assert.Single(faults).Field);
    }

    [Fact]
    public void A_filter_is_refused_with_its_place()
    {
        Assert.Null(WindowRow.Read(new MaintenanceWindow { Name = "x", Filter = "id > 0 AND team = x", Cron = "0 0 * * *", Duration = 60 }, out var faults));

        Assert.StartsWith("at character 12: 'team' is no field", Assert.Single(faults).Words, StringComparison.Ordinal);
    }

    private static WindowSchedule Read(MaintenanceWindow row)
    {
        var faults = new List<WindowFault>();
        var schedule = ScheduleText.Read(row, faults);
        Assert.Empty(faults);
        return schedule!;
    }

    private static MaintenanceWindow Weekly(string zone, string days, string time, TimeSpan duration) => new()
    {
        Name = "x",
        Filter = "id > 0",
        Weekdays = days,
        TimeOfDay = time,
        TimeZone = zone,
        Duration = (int)duration.TotalSeconds,
    };

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
