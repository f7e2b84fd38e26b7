namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// The history of a target, slot by slot. Each slot that counts is applied once, in the order in which it is recorded. Counts agree with the
/// counters of the row: what another release has counted without writing the history is seen by the difference. Time never runs backwards
/// here: after a clock was set back, results count in the hour that is open, until the clock is past it. Pure.
/// </summary>
internal static class TargetHistory
{
    // A history that is further ahead comes from a clock that was wrong by more than a time zone. It ends there, and another one begins.
    private const long FarthestAhead = 26 * OpenHour.Length;

    // The hours that missed slots are spread over. Slots that were missed earlier count in the first of these hours: after an outage of days
    // the first results of all targets store all of their hours at once.
    private const int MissedHours = 48;

    /// <summary>The most that a counter may differ from the history's before it was set by hand in SQL: what a target does in a few weeks.</summary>
    private const long LargestDifference = 4_000_000;

    /// <summary>Applies a slot.</summary>
    /// <param name="targetId">The target's id.</param>
    /// <param name="column">The column <c>history</c> of the target.</param>
    /// <param name="input">The slot.</param>
    /// <param name="closed">What becomes complete is added to it.</param>
    /// <returns>The column after the slot, and what happens to the target's incident.</returns>
    public static (byte[] Column, IncidentStep Incident) Apply(long targetId, byte[]? column, in HistoryInput input, ClosedHistory closed)
    {
        var slot = Math.Max(0, input.Slot.ToUnixTimeMilliseconds());
        var step = Math.Max(1000, (long)input.Frequency.TotalMilliseconds);
        if (!HistoryState.TryRead(column, out var state))
        {
            if (column is { Length: > 0 })
            {
                closed.Unreadable.Add(targetId);
            }

            state = Begin(slot, step, input);
        }
        else if (state.Last > slot + FarthestAhead)
        {
            End(targetId, ref state, closed);
            state = Restart(state, slot, step);
        }

        slot = Math.Max(slot, state.Last);
        if (state.Ring.Loose > 0 && (state.Ring.Loose >= ResultRing.Size || OpenHour.Of(slot) != state.Hour.Number))
        {
            CloseChunk(targetId, ref state, closed);
        }

        var known = Math.Max(state.Ring.Step, step); // how far a result says how the target is: a schedule that was changed since counts, too
        if (state.Ring.Step != step)
        {
            state.Ring.ChangeStep(step);
        }

        Advance(targetId, ref state, slot, (step, known), input, closed);
        state.IsKnown = input.Result is not null;
        if (input.Result is null)
        {
            return (state.Write(null), default); // it says nothing of the target: the next result sees what has become of an incident
        }

        var incident = IncidentRule.Apply(ref state, input);
        var result = Count(ref state, slot, input);
        state.Ring.DropFirst();
        return (state.Write(result), incident);
    }

    /// <summary>Completes what is open in a history, as its target is deleted.</summary>
    public static void End(long targetId, byte[]? column, ClosedHistory closed)
    {
        if (HistoryState.TryRead(column, out var state))
        {
            End(targetId, ref state, closed);
        }
    }

    private static void End(long targetId, ref HistoryState state, ClosedHistory closed)
    {
        if (state.Ring.Loose > 0)
        {
            CloseChunk(targetId, ref state, closed);
        }

        CloseHour(targetId, ref state, state.Hour.Number, closed);
    }

    // Slots that a new target missed before its first result are in its history; what an older release has counted is not.
    private static HistoryState Begin(long slot, long step, scoped in HistoryInput input)
    {
        var isNew = (input.PassesBefore | input.FailsBefore) == 0;
        return Restart(new HistoryState { Passes = input.PassesBefore, Fails = input.FailsBefore, Missed = isNew ? 0 : input.Missed }, slot, step);
    }

    private static HistoryState Restart(HistoryState state, long slot, long step)
    {
        (state.Last, state.IsKnown) = (slot, false);
        state.Hour = new OpenHour { Number = OpenHour.Of(slot) };
        state.Ring = new ResultRing { Step = step, Last = slot - step, Before = slot - step };
        return state;
    }

    private static void Advance(long targetId, ref HistoryState state, long slot, (long Step, long Known) times, in HistoryInput input, ClosedHistory closed)
    {
        var (step, known) = times;
        var gap = slot - state.Last;
        var passes = More(input.PassesBefore, ref state.Passes);
        var fails = More(input.FailsBefore, ref state.Fails);
        var missed = More(input.Missed, ref state.Missed);
        var missedAt = input.Result is null ? slot + step : slot; // a slot that was not probed is missed itself
        var coveredTo = state.IsKnown ? state.Last + Coverage.Of(gap, known, passes + fails, input.Result is null ? missed - 1 : missed) : state.Last;
        state.MissedSinceResult += missed;
        var (from, to) = (OpenHour.Of(state.Last), OpenHour.Of(slot));
        var firstMissed = missed == 0 ? to : Math.Clamp(OpenHour.Of(Math.Max(0, missedAt - (missed * step))), Math.Max(from, to - MissedHours), to);
        for (var hour = from; hour < to; hour++)
        {
            Cover(ref state, coveredTo);
            if (hour >= firstMissed)
            {
                var later = LaterThan(hour, missedAt, step, missed);
                state.Hour.Missed += missed - later;
                missed = later;
            }

            var next = hour + 1 < firstMissed && (hour + 1) * OpenHour.Length >= coveredTo ? firstMissed : hour + 1;
            CloseHour(targetId, ref state, next, closed);
            hour = next - 1;
            state.Last = Math.Max(state.Last, next * OpenHour.Length);
        }

        Cover(ref state, coveredTo);
        state.Hour.Missed += missed;
        state.Hour.Passes += passes;
        state.Hour.Fails += fails;
        state.Last = slot;
    }

    // Adds the time from the last slot, or from the begin of the hour, as far as it is covered and in the hour.
    private static void Cover(ref HistoryState state, long coveredTo)
    {
        var covered = Math.Min(coveredTo, (state.Hour.Number + 1) * OpenHour.Length) - state.Last;
        if (covered > 0)
        {
            state.Hour.CoveredMs += covered;
            state.Hour.FailingMs += state.FailingSince != 0 ? covered : 0;
        }
    }

    // Of slots that were missed one after the other before an instant, how many lie after an hour.
    private static long LaterThan(long hour, long end, long step, long missed)
        => Math.Clamp((end - ((hour + 1) * OpenHour.Length)) / step, 0, missed);

    // How much a counter has risen since the history was written. A counter that was set by hand in SQL has not risen.
    private static long More(long counter, ref long seen)
    {
        var more = counter - seen;
        seen = counter;
        return more is > 0 and <= LargestDifference ? more : 0;
    }

    private static KeptResult Count(ref HistoryState state, long slot, in HistoryInput input)
    {
        var result = input.Result!;
        var outcome = result.Passed ? (byte)0 : ReasonCodes.Of(result.Reason);
        var kept = new KeptResult(
            slot,
            outcome,
            LatencyCode.Of(result.Duration),
            result.Passed ? 0 : Math.Clamp(result.StatusCode ?? 0, 0, 999),
            state.MissedSinceResult,
            !input.IsJudged);
        state.MissedSinceResult = 0;
        if (result.Passed)
        {
            state.Passes = Next(state.Passes);
            state.Hour.Passes++;
            AddPhases(ref state.Hour.Phases, result.Timings);
        }
        else
        {
            state.Fails = Next(state.Fails);
            state.Hour.Fails++;
        }

        return kept;
    }

    private static long Next(long counter) => counter < long.MaxValue ? counter + 1 : counter;

    private static void AddPhases(ref PhaseSums sums, Contracts.ProbeTimings times)
    {
        sums[0] += Micros(times.Auth);
        sums[1] += Micros(times.Dns);
        sums[2] += Micros(times.Connect);
        sums[3] += Micros(times.Tls);
        sums[4] += Micros(times.Wait);
        sums[5] += Micros(times.Transfer);
    }

    private static long Micros(TimeSpan? time) => time is { Ticks: > 0 } some ? some.Ticks / TimeSpan.TicksPerMicrosecond : 0;

    private static void CloseChunk(long targetId, ref HistoryState state, ClosedHistory closed)
    {
        closed.Chunks.Add(new TargetChunk
        {
            TargetId = targetId,
            Hour = (int)Math.Min(state.Hour.Number, int.MaxValue),
            FirstResult = (int)Math.Clamp(state.Hour.Passes + state.Hour.Fails - state.Ring.Loose, 0, int.MaxValue),
            Results = state.Ring.LooseAsChunk(),
        });
        state.Ring.Loose = 0;
    }

    private static void CloseHour(long targetId, ref HistoryState state, long next, ClosedHistory closed)
    {
        if (!state.Hour.IsEmpty)
        {
            closed.Hours.Add(state.Hour.ToRow(targetId));
        }

        state.Hour = new OpenHour { Number = next };
    }
}
