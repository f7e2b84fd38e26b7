using System.Text.Json;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>notices</c>, the outbox of messages to notifiers that are not about a status change.</summary>
internal sealed class NoticeRow
{
    public long Id { get; init; }

    /// <summary>Identifies the notice outside this database.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>
    /// The target that the notice is about, which may have been deleted since; null: the notice is about Skypunch itself.
    /// </summary>
    public long? TargetId { get; init; }

    /// <summary>What has happened, as a stable code.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The <see cref="Notice"/> as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When the Notifier answered that it has stored the notice.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>The instant from which on the relay announces the notice (again); null: at once.</summary>
    public DateTimeOffset? AnnounceAfter { get; set; }

    public static NoticeRow Of(Notice notice) => new()
    {
        NoticeId = notice.NoticeId,
        TargetId = notice.TargetId,
        Kind = notice.Kind,
        At = notice.At,
        Payload = JsonSerializer.Serialize(notice),
    };

    /// <summary>The notice as it was raised.</summary>
    public Notice Notice() => JsonSerializer.Deserialize<Notice>(Payload)!;
}
