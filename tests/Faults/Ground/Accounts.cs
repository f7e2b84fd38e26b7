namespace Skypunch.Faults.Ground;

/// <summary>What the web server, the store and the mail server have counted when a trial is over.</summary>
internal sealed record Accounts(
    IReadOnlyList<TargetAccount> Targets,
    IReadOnlyList<DeliveryRow> Deliveries,
    IReadOnlyList<NotifierAccount> Notifiers);

/// <summary>What the web server and the store have counted for a target.</summary>
/// <param name="Target">The target, with the web server's own count.</param>
/// <param name="Pass">The passes that the store has counted.</param>
/// <param name="Fail">The failures that the store has counted.</param>
/// <param name="NetworkFails">The failures without an answer that the store has counted; the web server has answered every request.</param>
/// <param name="Missed">The slots that the store has counted as missed.</param>
/// <param name="Edges">The statuses that the target went to, in order, without the first PASS.</param>
/// <param name="ChangeIds">The ids of those changes, in the same order.</param>
/// <param name="History">What the target's history says.</param>
internal sealed record TargetAccount(
    WatchedTarget Target,
    long Pass,
    long Fail,
    long NetworkFails,
    long Missed,
    IReadOnlyList<string> Edges,
    IReadOnlyList<string> ChangeIds,
    HistoryAccount History);

/// <summary>A row of <c>deliveries</c>.</summary>
internal sealed record DeliveryRow(long Id, long NotifierId, long TargetId, string State);

/// <summary>A notifier, and the mails that the mail server has accepted for it, in order.</summary>
internal sealed record NotifierAccount(long Id, IReadOnlyList<AcceptedMail> Mails);

/// <summary>The deviations that a fault may cause.</summary>
internal sealed record Allowance
{
    /// <summary>
    /// How often something was broken. Each time, each target may have one probe whose result is lost, and one probe that is made twice,
    /// because a target has at most one probe in flight.
    /// </summary>
    public int Strikes { get; init; }

    /// <summary>
    /// How often a Scheduler or a Prober has handed its work over to another. Each time, each target may have one probe that begins late,
    /// since its job changed hands, and so comes shortly before the next one. Nothing of it is lost, no probe is made twice, and no more than
    /// two come together.
    /// </summary>
    public int Handovers { get; init; }

    /// <summary>
    /// Mails that may have come twice, because their sender was killed after the mail server's 250 and before the delivery was marked as
    /// sent.
    /// </summary>
    public int DoubledMails { get; init; }

    /// <summary>The state that all deliveries must reach.</summary>
    public string DeliveryState { get; init; } = "SENT";
}
