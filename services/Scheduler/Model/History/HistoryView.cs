namespace Skypunch.Scheduler.Model.History;

/// <summary>The history that a target's row keeps, for who shows it. Pure.</summary>
/// <param name="Last">The slot up to which it is written, in milliseconds since 1970 began.</param>
/// <param name="IsKnown">Whether a result says how the target is from then on.</param>
/// <param name="IsFailing">Whether the target fails.</param>
/// <param name="Open">The hour that is not over yet.</param>
/// <param name="Results">The last results, the oldest first.</param>
/// <param name="Loose">How many of them, at the end, are in no chunk.</param>
internal sealed record HistoryView(long Last, bool IsKnown, bool IsFailing, TargetHour Open, IReadOnlyList<KeptResult> Results, int Loose)
{
    /// <summary>Reads the column; null: there is no history in it.</summary>
    public static HistoryView? Of(long targetId, byte[]? column)
    {
        if (!HistoryState.TryRead(column, out var state))
        {
            return null;
        }

        var results = new List<KeptResult>(state.Ring.Count);
        state.Ring.ReadInto(results);
        return new HistoryView(state.Last, state.IsKnown, state.FailingSince != 0, state.Hour.ToRow(targetId), results, Math.Min(state.Ring.Loose, results.Count));
    }

    /// <summary>
    /// The open hour with the time up to now, as far as the last result covers it, and the hours after it that it covers.
    /// </summary>
    /// <param name="now">Now, in milliseconds since 1970 began.</param>
    /// <param name="step">The target's frequency in milliseconds; 0: it is not probed, so nothing is known of the time since the last result.</param>
    public IEnumerable<TargetHour> HoursUntil(long now, long step)
    {
        var coveredTo = IsKnown && step > 0 && now > Last ? Last + Coverage.Of(now - Last, step, 0, 0) : Last;
        var begin = Last;
        for (var hour = (long)Open.Hour; hour == Open.Hour || hour * OpenHour.Length < coveredTo; hour++)
        {
            var covered = (int)Math.Max(0, Math.Min(coveredTo, (hour + 1) * OpenHour.Length) - begin);
            var failing = IsFailing ? covered : 0;
            yield return hour == Open.Hour
                ? Open.With(Open.CoveredMs + covered, Open.FailingMs + failing)
                : new TargetHour { TargetId = Open.TargetId, Hour = (int)hour, CoveredMs = covered, FailingMs = failing };
            begin = (hour + 1) * OpenHour.Length;
        }
    }
}
