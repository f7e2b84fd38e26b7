using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// When the claim queries for due targets again, and whether it must be woken before that. While targets are due it queries often, else as
/// soon as the next target can be claimed. A rule without I/O, safe for use by any thread.
/// </summary>
internal sealed class ClaimPace(SchedulerOptions options)
{
    // When another Scheduler, or an edit by hand in SQL, makes a target due, this Scheduler is not notified. It finds such a target after
    // this time at the latest.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _nextAt = DateTimeOffset.UnixEpoch; // unknown before the first query
    private DateTimeOffset? _asleepUntil;

    /// <summary>To be called before a query for the next due target. The query may not see a target that becomes due from now on.</summary>
    public void BeginLook()
    {
        lock (_lock)
        {
            (_nextAt, _asleepUntil) = (DateTimeOffset.MaxValue, null);
        }
    }

    /// <summary>To be called after the query, with what it has found.</summary>
    /// <param name="nextAt">When the next target is due; null: there is none.</param>
    public void EndLook(DateTimeOffset? nextAt)
    {
        lock (_lock)
        {
            _nextAt = Earlier(_nextAt, nextAt);
        }
    }

    /// <summary>To be called when a target becomes due sooner than its row said.</summary>
    /// <param name="at">When the target is due.</param>
    /// <returns>Whether the claim must be woken, since it would sleep for too long.</returns>
    public bool BringForward(DateTimeOffset at)
    {
        lock (_lock)
        {
            _nextAt = Earlier(_nextAt, at);
            var wakes = at - options.LookAhead < _asleepUntil;
            _asleepUntil = wakes ? null : _asleepUntil; // the claim is woken only once
            return wakes;
        }
    }

    /// <summary>The time from now until the next query.</summary>
    public TimeSpan Pause(DateTimeOffset now)
    {
        lock (_lock)
        {
            var untilNext = _nextAt - (now + options.LookAhead);
            var sleep = untilNext < LongestSleep ? untilNext : LongestSleep;
            if (sleep <= options.ClaimInterval)
            {
                return options.ClaimInterval;
            }

            _asleepUntil = now + sleep;
            return sleep;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
