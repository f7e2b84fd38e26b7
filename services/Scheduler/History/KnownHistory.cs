using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>What was read of the history of one target. Pure.</summary>
internal sealed class KnownHistory
{
    private readonly Dictionary<int, TargetHour> _hours;
    private readonly Dictionary<int, TargetDay> _days;
    private readonly ILookup<int, TargetChunk> _chunks;
    private readonly IReadOnlyList<UptimeOf.Span> _incidents;
    private readonly HistoryView? _view;
    private readonly List<TargetHour> _open; // the hour that is not over: of a target that is not probed any more, an hour of long ago
    private readonly int _summedUpTo;
    private readonly long _step;

    public KnownHistory(
        HistoryTarget? target,
        IEnumerable<TargetHour> hours,
        IEnumerable<TargetDay> days,
        IEnumerable<TargetChunk> chunks,
        IReadOnlyList<UptimeOf.Span> incidents,
        int summedUpTo,
        long now)
    {
        _hours = hours.ToDictionary(hour => hour.Hour);
        _days = days.ToDictionary(day => day.Day);
        _chunks = chunks.ToLookup(chunk => chunk.Hour);
        (_incidents, _summedUpTo) = (incidents, summedUpTo);
        _step = target?.Step ?? 0;
        _view = target is null ? null : HistoryView.Of(target.Id, target.History);
        _open = [.. _view?.HoursUntil(now, _step) ?? []];
        foreach (var open in _open)
        {
            _hours.TryAdd(open.Hour, open); // a row has more: the hour has ended since
        }
    }

    /// <summary>The uptime over a window.</summary>
    public Uptime Uptime(HistoryWindow window)
    {
        var (sums, down) = (new HistorySums(), 0L);
        foreach (var day in window.Days(_summedUpTo))
        {
            if (_days.TryGetValue(day, out var row))
            {
                sums.Add(row);
                down += UptimeOf.Down(day * HistoryWindow.Day, HistoryWindow.Day, row.FailingMs, _incidents);
            }
        }

        foreach (var hour in _open.Where(hour => hour.Hour / 24 < _summedUpTo && window.Days(_summedUpTo).Contains(hour.Hour / 24)))
        {
            down += Add(sums, hour, window);
        }

        foreach (var hour in window.Hours(_summedUpTo))
        {
            if (_hours.TryGetValue(hour, out var row))
            {
                down += Add(sums, row, window);
            }
        }

        return UptimeOf.Window(window, sums, down, [.. _incidents.Where(incident => incident.Start < window.End && incident.End > window.Start)]);
    }

    private long Add(HistorySums sums, TargetHour row, HistoryWindow window)
    {
        var start = row.Hour * OpenHour.Length;
        if (row.Hour != window.CutHour)
        {
            sums.Add(row);
            return UptimeOf.Down(start, OpenHour.Length, row.FailingMs, _incidents);
        }

        var to = Math.Min(window.End, start + OpenHour.Length);
        return CutHour.AddTo(sums, row, ResultsOf(row.Hour), window.Start, to, _step, _incidents);
    }

    private List<KeptResult> ResultsOf(int hour)
        => [.. KeptResults.Of(_chunks[hour], _view).Where(result => result.Hour == hour).Select(result => result.Result)];
}
