using System.Text.Json;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Model;

/// <summary>A row of <c>announcements</c>: a change of a target's status that the Notifier has taken over.</summary>
internal sealed class Announcement
{
    /// <summary>The most characters that are kept of a target's name.</summary>
    public const int LongestName = 256;

    /// <summary>The <see cref="FromStatus"/> of a notice.</summary>
    public const string OfNotices = "notice";

    public required Guid ChangeId { get; init; }

    public required long TargetId { get; init; }

    public required string TargetName { get; init; }

    public required string FromStatus { get; init; }

    public required string ToStatus { get; init; }

    /// <summary>When the Prober saw the change, by the Prober's clock.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The <see cref="TargetStatusChanged"/> as JSON.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public static Announcement Of(TargetStatusChanged change, DateTimeOffset receivedAt) => new()
    {
        ChangeId = change.ChangeId,
        TargetId = change.TargetId,
        TargetName = change.Name.Length > LongestName ? change.Name[..LongestName] : change.Name,
        FromStatus = change.From,
        ToStatus = change.To,
        ChangedAt = change.At,
        Payload = JsonSerializer.Serialize(change),
        ReceivedAt = receivedAt,
    };

    /// <summary>The change as it was announced.</summary>
    /// <exception cref="JsonException">The payload cannot be read as a change.</exception>
    public TargetStatusChanged Change()
        => JsonSerializer.Deserialize<TargetStatusChanged>(Payload) ?? throw new JsonException("The payload is null.");
}
