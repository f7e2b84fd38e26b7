using System.Globalization;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

/// <summary>When a notifier is told. In Berlin the clock goes forward on 2026-03-29 at 02:00, and back on 2026-10-25 at 03:00.</summary>
public sealed class WorkingHoursTests
{
    private const string Office = "Mon-Fri 08:00-18:00 Europe/Berlin";

    private static readonly string[] Changes = ["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"];

    [Theory]
    [InlineData(Office, "2026-03-02T06:59:59Z", false)] // Monday, 07:59:59 in Berlin
    [InlineData(Office, "2026-03-02T07:00:00Z", true)]
    [InlineData(Office, "2026-03-02T16:59:59Z", true)]
    [InlineData(Office, "2026-03-02T17:00:00Z", false)]
    [InlineData(Office, "2026-03-07T12:00:00Z", false)] // Saturday
    [InlineData(Office, "2026-07-06T06:00:00Z", true)] // Monday in summer, 08:00 in Berlin
    [InlineData(Office, "2026-07-06T16:00:00Z", false)]
    [InlineData(Office + "; Sat 10:00-14:00 Europe/Berlin", "2026-03-07T12:00:00Z", true)]
    [InlineData("Sat,Mon,Wed 00:00-24:00 UTC", "2026-03-04T23:59:59Z", true)]
    [InlineData("Sat,Mon,Wed 00:00-24:00 UTC", "2026-03-05T00:00:00Z", false)]
    [InlineData("Fri-Mon 22:00-06:00 UTC", "2026-03-03T05:59:00Z", true)] // the night that began on Monday
    [InlineData("Fri-Mon 22:00-06:00 UTC", "2026-03-03T06:00:00Z", false)]
    [InlineData("Fri-Mon 22:00-06:00 UTC", "2026-03-03T22:00:00Z", false)]
    [InlineData("fri-mon 22:00-06:00 UTC", "2026-03-06T22:00:00Z", true)]
    [InlineData("Sun 02:30-03:30 Europe/Berlin", "2026-03-29T01:00:00Z", true)] // 03:00, the clock has left an hour out
    [InlineData("Sun 02:30-03:30 Europe/Berlin", "2026-03-29T00:59:00Z", false)] // 01:59
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25T00:30:00Z", true)] // 02:30, which comes twice
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25T01:30:00Z", true)]
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25T02:00:00Z", false)]
    [InlineData(null, "2026-03-07T12:00:00Z", true)]
    [InlineData(" ", "2026-03-07T12:00:00Z", true)]
    public void A_notifier_is_told_within_its_hours_by_the_clock_on_the_wall(string? text, string at, bool isTold)
    {
        var hours = WorkingHours.Of(text);

        Assert.Null(hours.Fault);
        Assert.Equal(isTold, hours.IsOpen(Instant(at)));
    }

    [Theory]
    [InlineData(Office, "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z")]
    [InlineData(Office, "2026-03-02T06:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData(Office, "2026-03-06T17:00:00Z", "2026-03-09T07:00:00Z")] // from Friday to Monday
    [InlineData(Office, "2026-03-27T17:00:00Z", "2026-03-30T06:00:00Z")] // the clock goes forward between
    [InlineData(Office, "2026-10-23T16:00:00Z", "2026-10-26T07:00:00Z")] // the clock goes back between
    [InlineData(Office + "; Sat 10:00-14:00 America/New_York", "2026-03-06T17:00:00Z", "2026-03-07T15:00:00Z")]
    [InlineData("Mon 22:00-06:00 UTC", "2026-03-03T06:00:00Z", "2026-03-09T22:00:00Z")]
    [InlineData("Sun 02:30-03:30 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // 02:30 is left out: at 03:00
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-04-05T00:15:00Z")] // all of it is left out: a week later
    [InlineData("Sun 02:30-03:30 Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")] // the second 02:30
    [InlineData(null, "2026-03-07T12:00:00Z", "2026-03-07T12:00:00Z")]
    public void The_next_instant_is_the_begin_of_the_hours(string? text, string at, string next) => Assert.Equal(Instant(next), WorkingHours.Of(text).OpenFrom(Instant(at)));

    [Theory]
    [InlineData("always", "must be days, times and a time zone, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ';' between")]
    [InlineData("Mon-Fri 08:00-18:00", "must be days, times and a time zone, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ';' between")]
    [InlineData("Mon-Fri 8:00-18:00 UTC", "must be days, times and a time zone, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ';' between")]
    [InlineData(Office + ";", "must be days, times and a time zone, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ';' between")]
    [InlineData("Mon-Fry 08:00-18:00 UTC", "has 'Mon-Fry', which is no day and no range of days; the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun")]
    [InlineData("Mon-Wed-Fri 08:00-18:00 UTC", "has 'Mon-Wed-Fri', which is no day and no range of days; the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun")]
    [InlineData("Mon 08:00-25:00 UTC", "has '08:00-25:00', which is no time from 00:00 to 24:00")]
    [InlineData("Mon 08:00-08:00 UTC", "has '08:00-08:00', which is no time from 00:00 to 24:00")]
    [InlineData("Mon 24:00-08:00 UTC", "has '24:00-08:00', which is no time from 00:00 to 24:00")]
    [InlineData("Mon 08:00-18:00 Europe/Bärlin", "has 'Europe/Bärlin', which is no time zone, such as Europe/Berlin or UTC")]
    public void What_is_no_hours_is_refused_and_means_at_any_time(string text, string fault)
    {
        var hours = WorkingHours.Of(text);

        Assert.Equal(fault, hours.Fault);
        Assert.True(hours.IsOpen(Instant("2026-03-07T03:00:00Z")));
    }

    [Fact]
    public void From_any_instant_on_the_hours_begin_at_the_first_minute_at_which_they_are_open()
    {
        string[] texts = ["Sun 02:30-03:30 Europe/Berlin", "Sun,Wed 01:59-02:01 Europe/Berlin", "Sat-Sun 23:00-02:30 Europe/Berlin", "Sun 02:00-03:00 America/New_York;Mon 05:00-05:01 UTC"];
        foreach (var hours in texts.Select(WorkingHours.Of))
        {
            foreach (var begin in Changes.Select(Instant))
            {
                DateTimeOffset? next = null;
                for (var at = begin.AddDays(8); at >= begin; at = at.AddMinutes(-1))
                {
                    next = hours.IsOpen(at) ? at : next;
                    Assert.True(next is null || hours.OpenFrom(at) == next, $"{at:u}: {hours.OpenFrom(at):u} in place of {next:u}");
                }
            }
        }
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
