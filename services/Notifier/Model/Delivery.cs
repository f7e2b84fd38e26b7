namespace Skypunch.Notifier.Model;

/// <summary>A row of <c>deliveries</c>: one message about one change to one notifier.</summary>
internal sealed class Delivery
{
    /// <summary>The most characters that are kept of an error.</summary>
    public const int LongestError = 1000;

    /// <summary>
    /// Separates the addresses in <see cref="RemainingAddresses"/>. No address may contain it, while a comma may stand in quotes.
    /// </summary>
    public const char AddressSeparator = ' ';

    /// <summary>The most characters of a sender's name.</summary>
    public const int LongestSender = 64;

    public long Id { get; init; }

    public required Guid ChangeId { get; init; }

    public required long NotifierId { get; init; }

    /// <summary>The change's target: deliveries of one target to one notifier go out in the order of their ids.</summary>
    public required long TargetId { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// How many of the attempts the notifier's counters do not have yet; null: none. A notifier's deliveries are sent side by side, and would
    /// have to wait for each other's commits if each attempt changed the notifier's row.
    /// </summary>
    public int? UncountedAttempts { get; init; }

    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>
    /// The message that the delivery was last claimed for: the change's own id where it travels alone, else the id of its digest
    /// (<see cref="DigestRule"/>). Null: it has not been claimed yet. It stays, so that a message that may have been accepted is sent again as
    /// the same message, and can be recognised.
    /// </summary>
    public Guid? MessageId { get; set; }

    /// <summary>The digest that the delivery travels in; null: it travels alone, or has not been claimed yet.</summary>
    public Guid? DigestId => MessageId == ChangeId ? null : MessageId;

    /// <summary>
    /// The end of the sender's claim, which the sender puts off for as long as it lives (<see cref="Lease"/>). After that, another sender
    /// may claim the delivery.
    /// </summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>The name of the process that has claimed the delivery. By it, a sender knows whether the claim is still its own.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>
    /// Since when the delivery is set aside, because it cannot be read or made into a message; <see cref="LastError"/> says why. Null: it
    /// is not set aside. A delivery that is set aside is looked at again every few seconds, and holds up no other.
    /// </summary>
    public DateTimeOffset? SetAsideAt { get; init; }

    /// <summary>Why the last attempt failed, or whom the message did not reach though it was sent.</summary>
    public string? LastError { get; init; }

    /// <summary>The addresses of the notifier that still miss the message where others have accepted it; null where none has.</summary>
    public string? RemainingAddresses { get; init; }

    /// <summary><see cref="RemainingAddresses"/>, one by one.</summary>
    public IReadOnlyList<string>? Remaining => RemainingAddresses?.Split(AddressSeparator);

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public Announcement Announcement { get; init; } = null!;

    public StoredNotifier Notifier { get; init; } = null!;
}
