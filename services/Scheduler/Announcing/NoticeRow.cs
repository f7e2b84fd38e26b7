using System.Text.Json;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Announcing;

/// <summary>A row of <c>notices</c>: the outbox of what notifiers are told beside changes of statuses.</summary>
internal sealed class NoticeRow
{
    public long Id { get; init; }

    /// <summary>Names the notice beyond this database.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>The target that it is about, which may have been deleted since; null: it is about Skypunch itself.</summary>
    public long? TargetId { get; init; }

    /// <summary>What it is about, as a stable code.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The <see cref="Notice"/> as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When the Notifier answered that it has stored the notice.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>When the relay announces it (again); null: at once.</summary>
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
