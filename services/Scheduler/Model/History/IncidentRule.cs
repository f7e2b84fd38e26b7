namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// When an incident begins and ends: when the first failed probe of the run was due that makes a target FAIL, and with the probe that makes it
/// PASS again. It begins at the slot, as the time does that the result covers: a target that has never passed was available at no time. What a
/// Scheduler of an older release has changed without noting it is seen by the status, and made up for. Pure.
/// </summary>
internal static class IncidentRule
{
    /// <summary>Notes a slot in the state, and says what happens to the incident.</summary>
    public static IncidentStep Apply(ref HistoryState state, in HistoryInput input)
    {
        var (missingSince, closedAt) = MakeUp(ref state, input);
        if (input is { IsJudged: true, Result: { Passed: false } failure })
        {
            var code = ReasonCodes.Of(failure.Reason);
            if (state.FailingSince == 0)
            {
                (state.FailingSince, state.FirstReason) = (Ms(input.Slot < input.StartedAt ? input.Slot : input.StartedAt), code);
            }

            state.LastReason = code;
        }

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

        return new IncidentStep(missingSince, closedAt, openedAt, first, last);
    }

    // The status before differs from what the history knows: an older release has made the last status change, or the history begins anew.
    private static (DateTimeOffset? MissingSince, DateTimeOffset? ClosedAt) MakeUp(ref HistoryState state, in HistoryInput input)
    {
        var wasFail = input.StatusBefore is TargetStatus.Fail;
        if (wasFail == state.IsOpen)
        {
            return (null, null);
        }

        if (!wasFail)
        {
            (state.IsOpen, state.FailingSince) = (false, 0);
            return (null, input.SinceBefore ?? input.Slot);
        }

        state.IsOpen = true;
        if (state.FailingSince == 0)
        {
            state.FailingSince = Ms(input.SinceBefore ?? input.Slot);
            (state.FirstReason, state.LastReason) = (ReasonCodes.Other, ReasonCodes.Other);
        }

        return (DateTimeOffset.FromUnixTimeMilliseconds(state.FailingSince), null);
    }

    // Zero stands for a target that does not fail.
    private static long Ms(DateTimeOffset instant) => Math.Max(1, instant.ToUnixTimeMilliseconds());
}
