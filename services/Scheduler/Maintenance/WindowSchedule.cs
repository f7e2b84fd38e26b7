using Cronos;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>When a maintenance window covers its targets. Pure.</summary>
internal abstract record WindowSchedule
{
    private const int MostJoined = 1000;

    private WindowSchedule()
    {
    }

    /// <summary>A window that comes once.</summary>
    public static WindowSchedule Once(DateTimeOffset start, DateTimeOffset end) => new OneTime(new Occurrence(start, end));

    /// <summary>
    /// A window that comes again. What would begin in the hour that a change to summer time skips begins at the end of that hour. What would
    /// begin in the hour that the change back repeats begins in the first of the two. The duration is elapsed time.
    /// </summary>
    public static WindowSchedule Again(CronExpression begins, TimeZoneInfo zone, TimeSpan duration) => new Recurring(begins, zone, duration);

    /// <summary>The occurrences that end after an instant, by their begin. They may overlap where they come more often than they last.</summary>
    public abstract IEnumerable<Occurrence> EndingAfter(DateTimeOffset instant);

    /// <summary>The time without a break around an instant in which it covers its targets; null: it does not cover them then.</summary>
    public Occurrence? At(DateTimeOffset instant)
    {
        Occurrence? whole = null;
        foreach (var occurrence in EndingAfter(instant).Take(MostJoined))
        {
            if (occurrence.Start > (whole?.End ?? instant))
            {
                break;
            }

            whole = new Occurrence(whole?.Start ?? occurrence.Start, occurrence.End);
        }

        return whole;
    }

    private sealed record OneTime(Occurrence Only) : WindowSchedule
    {
        public override IEnumerable<Occurrence> EndingAfter(DateTimeOffset instant) => Only.End > instant ? [Only] : [];
    }

    private sealed record Recurring(CronExpression Begins, TimeZoneInfo Zone, TimeSpan Duration) : WindowSchedule
    {
        public override IEnumerable<Occurrence> EndingAfter(DateTimeOffset instant)
        {
            for (var start = Next(instant - Duration); start is { } begin; start = Next(begin))
            {
                yield return new Occurrence(begin, begin + Duration);
            }
        }

        private DateTimeOffset? Next(DateTimeOffset after) => Begins.GetNextOccurrence(after, Zone)?.ToUniversalTime();
    }
}
