using Skypunch.Contracts.Filters;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>An enabled maintenance window, as it was read and parsed.</summary>
/// <param name="id">Its id.</param>
/// <param name="name">Its name.</param>
/// <param name="filter">Which targets it selects.</param>
/// <param name="schedule">When it covers them.</param>
internal sealed class KnownWindow(long id, string name, Filter filter, WindowSchedule schedule)
{
    // The last answer, which holds for a while: calendars are slow, and many targets ask for the same instant.
    private volatile Answer? _last;

    public long Id => id;

    public string Name => name;

    public WindowSchedule Schedule => schedule;

    /// <summary>Whether it selects a target with these facts.</summary>
    public bool Selects(FilterFacts facts) => filter.Holds(facts);

    /// <summary>Until when it covers its targets without a break; null: it does not cover them at the instant.</summary>
    public DateTimeOffset? CoversUntil(DateTimeOffset instant)
    {
        var answer = _last;
        if (answer is null || instant < answer.From || instant >= answer.Until)
        {
            _last = answer = AnswerAt(instant);
        }

        return answer.Covers ? answer.Until : null;
    }

    private Answer AnswerAt(DateTimeOffset instant) => Schedule.At(instant) is { } current
        ? new Answer(instant, current.End, Covers: true)
        : new Answer(instant, Schedule.EndingAfter(instant).Select(next => (DateTimeOffset?)next.Start).FirstOrDefault() ?? DateTimeOffset.MaxValue, Covers: false);

    private sealed record Answer(DateTimeOffset From, DateTimeOffset Until, bool Covers);
}
