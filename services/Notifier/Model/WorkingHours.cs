using System.Globalization;
using System.Text.RegularExpressions;

namespace Skypunch.Notifier.Model;

/// <summary>
/// When a notifier is told: <c>Mon-Fri 08:00-18:00 Europe/Berlin</c>, or several of them with semicolons between. They go by the clock on the
/// wall of their time zone, so that a day on which the clock is changed has an hour less or more. What is no such text means at any time. Pure.
/// </summary>
internal sealed partial class WorkingHours
{
    /// <summary>The most characters.</summary>
    public const int Longest = 500;

    /// <summary>Why a failure was not told: its delivery has this for <see cref="Delivery.LastError"/>.</summary>
    public const string Passed = "not told: the target recovered before the hours of the notifier began";

    /// <summary>What a delivery waits for.</summary>
    public const string Waits = "waits until the hours of the notifier begin";

    /// <summary>At any time.</summary>
    public static readonly WorkingHours Always = new([], null);

    private const string Form = "must be days, times and a time zone, such as 'Mon-Fri 08:00-18:00 Europe/Berlin'; several with ';' between";

    // A week and the days at which a change of the clock takes a short time away.
    private const int MostDays = 15;

    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private readonly IReadOnlyList<Span> _spans;

    private WorkingHours(IReadOnlyList<Span> spans, string? fault) => (_spans, Fault) = (spans, fault);

    /// <summary>What is wrong with the text, as the end of a sentence; null: nothing.</summary>
    public string? Fault { get; }

    /// <summary>Reads the text; null or blank: at any time.</summary>
    public static WorkingHours Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Always;
        }

        if (text.Length > Longest)
        {
            return new WorkingHours([], $"must have at most {Longest} characters");
        }

        var spans = new List<Span>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries))
        {
            var fault = Read(part, spans);
            if (fault is not null)
            {
                return new WorkingHours([], fault);
            }
        }

        return new WorkingHours(spans, null);
    }

    /// <summary>Whether the notifier is told at an instant.</summary>
    public bool IsOpen(DateTimeOffset at) => _spans.Count == 0 || _spans.Any(span => span.Has(at));

    /// <summary>The first instant from this one on at which the notifier is told.</summary>
    public DateTimeOffset OpenFrom(DateTimeOffset at)
        => IsOpen(at) ? at : _spans.SelectMany(span => span.Begins(at)).Where(begin => begin > at && IsOpen(begin)).DefaultIfEmpty(at).Min();

    private static string? Read(string part, List<Span> spans)
    {
        if (Parts().Match(part) is not { Success: true } found)
        {
            return Form;
        }

        var (days, zoneId) = (new HashSet<DayOfWeek>(), found.Groups["zone"].Value);
        foreach (var range in found.Groups["days"].Value.Split(','))
        {
            var ends = Array.ConvertAll(range.Split('-'), name => Array.FindIndex(Days, day => day.Equals(name, StringComparison.OrdinalIgnoreCase)));
            if (ends.Length > 2 || ends.Contains(-1))
            {
                return $"has '{range}', which is no day and no range of days; the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun";
            }

            for (var day = ends[0]; ; day = (day + 1) % Days.Length)
            {
                days.Add((DayOfWeek)day);
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        if (TimeOf(found.Groups["begin"].Value) is not { } begin || TimeOf(found.Groups["end"].Value) is not { } end || begin == end || begin.Days == 1)
        {
            return $"has '{found.Groups["begin"].Value}-{found.Groups["end"].Value}', which is no time from 00:00 to 24:00";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
        {
            return $"has '{zoneId}', which is no time zone, such as Europe/Berlin or UTC";
        }

        spans.Add(new Span(days, begin, end, zone));
        return null;
    }

    private static TimeSpan? TimeOf(string text) => text == "24:00" ? TimeSpan.FromDays(1)
        : TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out var time) ? time : null;

    [GeneratedRegex(@"\A(?<days>[A-Za-z,-]+)\s+(?<begin>\d\d:\d\d)-(?<end>\d\d:\d\d)\s+(?<zone>\S+)\z")]
    private static partial Regex Parts();

    /// <param name="Days">On which days it begins.</param>
    /// <param name="Begin">When it begins, by the clock on the wall.</param>
    /// <param name="End">When it ends; not after the begin: on the next day.</param>
    /// <param name="Zone">Where the clock hangs.</param>
    private sealed record Span(HashSet<DayOfWeek> Days, TimeSpan Begin, TimeSpan End, TimeZoneInfo Zone)
    {
        public bool Has(DateTimeOffset at)
        {
            var wall = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
            var (today, yesterday) = (Days.Contains(wall.DayOfWeek), Days.Contains(wall.AddDays(-1).DayOfWeek));
            return Begin < End
                ? today && wall.TimeOfDay >= Begin && wall.TimeOfDay < End
                : (today && wall.TimeOfDay >= Begin) || (yesterday && wall.TimeOfDay < End);
        }

        /// <summary>When it may begin in the next days.</summary>
        public IEnumerable<DateTimeOffset> Begins(DateTimeOffset from)
        {
            var first = TimeZoneInfo.ConvertTime(from, Zone).Date;
            return Enumerable.Range(0, MostDays).Select(day => first.AddDays(day)).Where(date => Days.Contains(date.DayOfWeek))
                .SelectMany(date => InstantsOf(date + Begin))
                .Concat(Enumerable.Range(0, MostDays).SelectMany(day => ChangeOfClock(from.AddDays(day))));
        }

        // An hour that comes twice begins twice.
        private IEnumerable<DateTimeOffset> InstantsOf(DateTime wall)
            => Zone.IsInvalidTime(wall) ? []
                : Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Select(offset => new DateTimeOffset(wall, offset))
                : [new DateTimeOffset(wall, Zone.GetUtcOffset(wall))];

        // The clock that is set may jump over the begin, or back to before the end. A day has one change at the most.
        private IEnumerable<DateTimeOffset> ChangeOfClock(DateTimeOffset from)
        {
            var (before, after) = (from, from.AddDays(1));
            if (Zone.GetUtcOffset(before) == Zone.GetUtcOffset(after))
            {
                return [];
            }

            while (after.UtcTicks - before.UtcTicks > 1)
            {
                var middle = before.AddTicks((after.UtcTicks - before.UtcTicks) / 2);
                (before, after) = Zone.GetUtcOffset(middle) == Zone.GetUtcOffset(before) ? (middle, after) : (before, middle);
            }

            return [after];
        }
    }
}
