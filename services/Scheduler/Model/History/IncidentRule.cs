namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// When an incident begins and ends: when the first failed probe of the run was due that makes a target FAIL, and with the probe that makes it
/// PASS again. It begins at the slot, as the time does that the result covers: a target that has never passed was available at no time. What a Scheduler of an older release has changed without noting it is seen by the status, and made up for. Pure.
/// </summary>
internal static class IncidentRule
{
    /// <summary>Notes a slot in the state, and says what happens to the incident.</summary>
    public static IncidentStep Apply(ref HistoryState state, in HistoryInput input)
    {
        var closedAt = MakeUp(ref state, input);
        if (input is not { IsJudged: true, Result: { } result })
        {
            return Step(ref state, input, closedAt);
        }

        if (!result.Passed)
        {
            var code = ReasonCodes.Of(result.Reason);
            if (state.FailingSince == 0)
            {
                (state.FailingSince, state.FirstReason) = (Math.Max(1, (input.Slot < input.StartedAt ? input.Slot : input.StartedAt).ToUnixTimeMilliseconds()), code);
            }

            state.LastReason = code;
        }

        return Step(ref state, input, closedAt);
    }

    private static IncidentStep Step(ref HistoryState state, in HistoryInput input, DateTimeOffset? closedAt)
    {
        var isFail = input.StatusAfter is TargetStatus.Fail;
        DateTimeOffset? openedAt = null;
        var (first, last) = (ReasonCodes.ReasonOf(state.FirstReason), ReasonCodes.ReasonOf(state.LastReason));
        if (isFail && !state.IsOpen)
        {
            openedAt = DateTimeOffset.FromUnixTimeMilliseconds(state.FailingSince);
            state.IsOpen = true;
        }
        else if (!isFail && state.IsOpen)
        {
            closedAt = input.StartedAt;
            state.IsOpen = false;
        }

        if (!isFail && input is { IsJudged: true, Result.Passed: true })
        {
            state.FailingSince = 0;
        }

        return new IncidentStep(closedAt, openedAt, first, last);
    }

    // The status before differs from what the history knows: an older release has made the last status change.
    private static DateTimeOffset? MakeUp(ref HistoryState state, in HistoryInput input)
    {
        var wasFail = input.StatusBefore is TargetStatus.Fail;
        if (wasFail && !state.IsOpen && state.FailingSince == 0)
        {
            state.FailingSince = Math.Max(1, (input.SinceBefore ?? input.Slot).ToUnixTimeMilliseconds());
            (state.FirstReason, state.LastReason) = (ReasonCodes.Other, ReasonCodes.Other);
            return null;
        }

        if (wasFail || !state.IsOpen)
        {
            return null;
        }

        (state.IsOpen, state.FailingSince) = (false, 0);
        return input.SinceBefore ?? input.Slot;
    }
}
