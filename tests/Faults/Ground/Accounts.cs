namespace Skypunch.Faults.Ground;

/// <summary>What all have counted when a trial is over.</summary>
internal sealed record Accounts(
    IReadOnlyList<TargetAccount> Targets,
    IReadOnlyList<DeliveryRow> Deliveries,
    IReadOnlyList<NotifierAccount> Notifiers);

/// <summary>A target as the web server and the store have counted it.</summary>
/// <param name="Target">The target, and the server's own count.</param>
/// <param name="Pass">Passes, by the store.</param>
/// <param name="Fail">Failures, by the store.</param>
/// <param name="NetworkFails">Failures without an answer, by the store: the server has answered each request.</param>
/// <param name="Missed">Slots that nobody ran, by the store.</param>
/// <param name="Edges">The statuses that it went to, without the first PASS, in their order.</param>
internal sealed record TargetAccount(WatchedTarget Target, long Pass, long Fail, long NetworkFails, long Missed, IReadOnlyList<string> Edges);

/// <summary>A delivery as the store has it.</summary>
internal sealed record DeliveryRow(long Id, long NotifierId, long TargetId, string State);

/// <summary>A notifier, and the mails that the mail server has accepted for it, in that order.</summary>
internal sealed record NotifierAccount(long Id, IReadOnlyList<AcceptedMail> Mails);

/// <summary>What a fault may bring about, and no more than that.</summary>
internal sealed record Allowance
{
    /// <summary>
    /// How often something was broken. Each time, of each target, one probe that was made may go untold, and one may be made again: a target has one
    /// probe in flight.
    /// </summary>
    public int Strikes { get; init; }

    /// <summary>Mails that may have come twice: their sender was killed after the server's 250 and before its mark.</summary>
    public int DoubledMails { get; init; }

    /// <summary>The state in which deliveries end.</summary>
    public string DeliveryState { get; init; } = "SENT";
}
