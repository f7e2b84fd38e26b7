namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// When the claim looks again, and whether it must be woken before: often while something is due, else as soon as the next target can be claimed. A rule, for
/// any thread.
/// </summary>
internal sealed class ClaimPace(SchedulerOptions options)
{
    // So long may a target wait to be seen that this Scheduler is not told of, as a hand or another Scheduler has made it due.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _nextAt = DateTimeOffset.UnixEpoch; // nobody has looked yet
    private DateTimeOffset? _asleepUntil;

    /// <summary>A look begins. It may not see what becomes due from now on.</summary>
    public void BeginLook()
    {
        lock (_lock)
        {
            (_nextAt, _asleepUntil) = (DateTimeOffset.MaxValue, null);
        }
    }

    /// <summary>What the look has seen.</summary>
    /// <param name="nextAt">When the next target is due; null: there is none.</param>
    public void EndLook(DateTimeOffset? nextAt)
    {
        lock (_lock)
        {
            _nextAt = Earlier(_nextAt, nextAt);
        }
    }

    /// <summary>A target becomes due sooner than was to be seen.</summary>
    /// <param name="at">When it is due.</param>
    /// <returns>Whether the claim must be woken, as it would sleep for too long.</returns>
    public bool BringForward(DateTimeOffset at)
    {
        lock (_lock)
        {
            _nextAt = Earlier(_nextAt, at);
            var wakes = at - options.LookAhead < _asleepUntil;
            _asleepUntil = wakes ? null : _asleepUntil; // once is enough
            return wakes;
        }
    }

    /// <summary>The time from now until the next look.</summary>
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
