using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.History;

/// <summary>A time as people name it: so long ago, or a date, with a time of day where wanted, in the local time zone unless it says otherwise.</summary>
internal sealed class Moment
{
    private const string Remedy = "must be how long ago, such as 7d or 12h, or a date such as 2026-10-01 or 2026-10-01T08:30";
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(36_500);
    private static readonly string[] LocalForms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] ZonedForms = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
    private readonly Func<TimeProvider, DateTimeOffset> _at;

    private Moment(Func<TimeProvider, DateTimeOffset> at) => _at = at;

    /// <summary>An option for one.</summary>
    public static Option<Moment?> Option(string name, string description) => Parsed.Of(name, "TIME", description, Remedy, Read);

    /// <summary>So long ago.</summary>
    public static Moment Ago(TimeSpan time) => new(clock => clock.GetUtcNow() - time);

    /// <summary>Reads one; null where the text is none.</summary>
    public static Moment? Read(string text)
    {
        // A number alone is more likely half of a date than seconds.
        if (!text.All(char.IsAsciiDigit) && DurationText.TryParse(text, out var ago) && ago < LongestAgo)
        {
            return Ago(ago);
        }

        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new(clock => new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local)));
        }

        return DateTimeOffset.TryParseExact(text, ZonedForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? new(_ => at) : null;
    }

    /// <summary>The time from one to another; without an end, to now.</summary>
    /// <exception cref="CliFault">The end is not later than the begin.</exception>
    public static TimeRange Range(Moment? since, Moment? until, TimeProvider clock)
    {
        var range = new TimeRange { StartTime = since?.At(clock), EndTime = until?.At(clock) };
        return range is { StartTime: { } start, EndTime: { } end } && end <= start ? throw CliFault.Usage("--until: must be later than --since") : range;
    }

    /// <summary>The instant.</summary>
    public Timestamp At(TimeProvider clock) => _at(clock).ToTimestamp();
}
