using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>
/// A window of time, as far as what is kept can tell of it, in milliseconds since 1970 began. A window that is longer than a few hours begins
/// at a full hour, and where hours are not kept any more, at the nearest begin of a day. Pure.
/// </summary>
/// <param name="Start">The begin.</param>
/// <param name="End">The end.</param>
internal readonly record struct HistoryWindow(long Start, long End)
{
    /// <summary>A day in milliseconds.</summary>
    public const long Day = 24 * OpenHour.Length;

    // The begin of a window up to this long may lie within an hour: it is read result by result.
    private const long LongestByResult = 6 * OpenHour.Length;

    /// <summary>The window for a span that is asked for.</summary>
    /// <param name="start">The begin that is asked for.</param>
    /// <param name="end">The end that is asked for.</param>
    /// <param name="now">Now.</param>
    /// <param name="hourRetention">For how long hours are kept, in milliseconds.</param>
    public static HistoryWindow Of(long start, long end, long now, long hourRetention)
    {
        var oldestHour = now - hourRetention + Day;
        var last = end >= now ? now : Edge(end, oldestHour);
        var first = now - start <= LongestByResult && last == now ? start : Edge(start, oldestHour);
        if (last > first)
        {
            return new HistoryWindow(first, last);
        }

        // A span within an hour or a day of the past: all of it.
        var step = start < oldestHour ? Day : OpenHour.Length;
        first = Down(start, step);
        return new HistoryWindow(first, Math.Max(first, Math.Min(first + step, now)));
    }

    /// <summary>The days of the window that lie in it as a whole and are added up.</summary>
    /// <param name="summedUpTo">The first day that is not added up.</param>
    public IEnumerable<int> Days(int summedUpTo)
    {
        var (first, end) = DaySpan(summedUpTo);
        return end > first ? Enumerable.Range(first, end - first) : [];
    }

    /// <summary>The hours of the window that are in none of those days; the first and the last may lie in it in part.</summary>
    /// <param name="summedUpTo">The first day that is not added up.</param>
    public IEnumerable<int> Hours(int summedUpTo)
    {
        var (first, end) = DaySpan(summedUpTo);
        var (from, to) = ((int)OpenHour.Of(Start), (int)OpenHour.Of(Math.Max(Start, End - 1)));
        return Enumerable.Range(from, to - from + 1).Where(hour => hour / 24 < first || hour / 24 >= end);
    }

    /// <summary>The hour of which only the end is in the window; null: the window begins at a full hour.</summary>
    public int? CutHour => Start % OpenHour.Length == 0 ? null : (int)OpenHour.Of(Start);

    /// <summary>How much of a span lies in the window.</summary>
    public long Overlap(long start, long end) => Math.Max(0, Math.Min(end, End) - Math.Max(start, Start));

    private (int First, int End) DaySpan(int summedUpTo) => ((int)((Start + Day - 1) / Day), (int)Math.Min(End / Day, summedUpTo));

    // The nearest begin of a day, and not the one before: a month in a zone east of Greenwich would otherwise begin and end nearly a day early.
    private static long Edge(long ms, long oldestHour) => ms < oldestHour ? Down(ms + (Day / 2), Day) : Down(ms, OpenHour.Length);

    private static long Down(long ms, long step) => ms - (ms % step);
}
