using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// What a sender sends with one message, and holds meanwhile: one delivery, or all of a digest. They are renewed, marked and given back
/// together.
/// </summary>
/// <param name="Deliveries">
/// The deliveries with their announcements, at least one, in the order of their ids: so a message has the same words each time.
/// </param>
/// <param name="Notifier">Their notifier.</param>
internal sealed record Claim(IReadOnlyList<Delivery> Deliveries, StoredNotifier Notifier)
{
    public Delivery First => Deliveries[0];

    /// <summary>The digest's id; null: the one delivery travels alone.</summary>
    public Guid? DigestId => First.DigestId;

    public IReadOnlyList<long> Ids { get; } = [.. Deliveries.Select(delivery => delivery.Id)];

    /// <summary>How many attempts count for the pause after a failure: those of the delivery that was tried least often.</summary>
    public int Attempts => Deliveries.Min(delivery => delivery.Attempts);

    /// <summary>
    /// From when on the time counts after which the message is given up: when the newest delivery was created, or when the notifier's hours
    /// began after that.
    /// </summary>
    public DateTimeOffset CreatedAt => WorkingHours.Of(Notifier.Hours).OpenFrom(Deliveries.Max(delivery => delivery.CreatedAt));

    /// <summary>What a log calls it at the beginning of a sentence.</summary>
    public string Name => DigestId is { } id ? $"The digest {id} of {Deliveries.Count} deliveries" : $"Delivery {First.Id}";
}
