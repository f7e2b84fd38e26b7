using Skypunch.Notifier.Notifiers;

namespace Skypunch.Notifier.Deliveries;

/// <summary>A row of <c>deliveries</c>: one message about one change to one notifier.</summary>
internal sealed class Delivery
{
    /// <summary>The most characters that are kept of an error.</summary>
    public const int LongestError = 1000;

    /// <summary>The most characters of a sender's name.</summary>
    public const int LongestSender = 64;

    public long Id { get; init; }

    public required Guid ChangeId { get; init; }

    public required long NotifierId { get; init; }

    /// <summary>The change's target: deliveries of one target to one notifier go out in the order of their ids.</summary>
    public required long TargetId { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>How often it has been tried.</summary>
    public int Attempts { get; init; }

    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Until when it is a sender's, who puts it off for as long as it lives (<see cref="Lease"/>); later, another may take it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Whose it is: <see cref="HeldClaims.Sender"/>. By this mark a sender knows that it is still its own.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>
    /// Since when it cannot be read or written as a message, which <see cref="LastError"/> tells; null: it can. It is looked at again every few seconds and holds up
    /// nobody.
    /// </summary>
    public DateTimeOffset? SetAsideAt { get; init; }

    /// <summary>Why the last attempt failed, or whom the message did not reach though it was sent.</summary>
    public string? LastError { get; init; }

    /// <summary>The addresses that may still accept the message where others of the notifier's have; null where none has.</summary>
    public string? RemainingAddresses { get; init; }

    /// <summary><see cref="RemainingAddresses"/>, one by one.</summary>
    public IReadOnlyList<string>? Remaining => RemainingAddresses?.Split(AttemptRecord.AddressSeparator);

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public Announcement Announcement { get; init; } = null!;

    public StoredNotifier Notifier { get; init; } = null!;
}
