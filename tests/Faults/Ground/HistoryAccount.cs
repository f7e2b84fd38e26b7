namespace Skypunch.Faults.Ground;

/// <summary>What the history of a target says: its hours, the hour that is not over, the results one by one, and its incidents.</summary>
internal sealed record HistoryAccount
{
    /// <summary>The passes of all hours.</summary>
    public required long Passes { get; init; }

    /// <summary>The failures of all hours.</summary>
    public required long Fails { get; init; }

    /// <summary>The missed slots of all hours.</summary>
    public required long Missed { get; init; }

    /// <summary>
    /// Whether slots were booked since the last result: as missed, or with a probe whose result did not come. Those that were missed are in no
    /// hour: the next result would bring them.
    /// </summary>
    public required bool IsBehind { get; init; }

    /// <summary>The results that are kept one by one and passed.</summary>
    public required int KeptPasses { get; init; }

    /// <summary>The results that are kept one by one and failed.</summary>
    public required int KeptFails { get; init; }

    /// <summary>The hours in which more time is covered than an hour has, or more time failed than is covered.</summary>
    public required int ImpossibleHours { get; init; }

    /// <summary>The incidents, in the order in which they were detected.</summary>
    public required IReadOnlyList<IncidentAccount> Incidents { get; init; }
}

/// <summary>A row of <c>incidents</c>.</summary>
/// <param name="OpenedBy">The change that opened it.</param>
/// <param name="ClosedBy">The change that closed it; empty: it is open.</param>
/// <param name="IsInOrder">Whether it ended, and not before it began.</param>
internal sealed record IncidentAccount(string OpenedBy, string ClosedBy, bool IsInOrder);
