namespace Skypunch.Notifier.Channels;

/// <summary>What a channel is and what a notifier of its type has to give.</summary>
/// <param name="Type">The type's name, in capitals: what a notifier's row, the API and the YAML call it.</param>
/// <param name="Summary">How people are reached, as a sentence.</param>
/// <param name="Address">What a notifier's address is; null where notifiers have no address, since their parameters say where messages
/// go.</param>
/// <param name="Parameters">The parameters, the required ones first.</param>
internal sealed record ChannelDescription(string Type, string Summary, ChannelParameter? Address, IReadOnlyList<ChannelParameter> Parameters)
{
    /// <summary>Whether one message may carry many changes. A receiver that keeps an alert for each target is told of each change alone.</summary>
    public bool TakesDigests { get; init; } = true;
}
