namespace Skypunch.Notifier.Channels;

/// <summary>The channels that there are, by the type of a notifier.</summary>
internal sealed class ChannelTypes(IEnumerable<IChannel> channels)
{
    /// <summary>All channels, in the order of their registration.</summary>
    public IReadOnlyList<IChannel> All { get; } = [.. channels];

    /// <summary>The channel of a type, in capitals or not; null: there is none.</summary>
    public IChannel? Find(string type)
        => All.FirstOrDefault(channel => channel.Description.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a type must be, as the end of a sentence that begins with the field's name.</summary>
    public string Expected
        => All.Count == 1 ? $"must be {All[0].Description.Type}" : $"must be {string.Join(", ", All.SkipLast(1).Select(c => c.Description.Type))} or {All[^1].Description.Type}";
}
