namespace Skypunch.Contracts;

/// <summary>
/// A message from Skypunch about itself, to all notifiers; it is no status change of a target. It is sent in a <see cref="NoticeBatch"/>.
/// </summary>
public sealed record Notice
{
    /// <summary>The longest <see cref="Kind"/>.</summary>
    public const int LongestKind = 16;

    /// <summary>The value of <see cref="About"/> in a notice that is about no target.</summary>
    public const string Skypunch = "Skypunch";

    /// <summary>Identifies this notice, in all services and permanently.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>The target that the notice is about; null: the notice is about Skypunch itself.</summary>
    public long? TargetId { get; init; }

    /// <summary>The target's name, or <see cref="Skypunch"/>.</summary>
    public required string About { get; init; }

    /// <summary>A stable code of at most <see cref="LongestKind"/> characters, such as "not_probed".</summary>
    public required string Kind { get; init; }

    /// <summary>What has happened, in a few words on one line: the subject of a mail.</summary>
    public required string Subject { get; init; }

    /// <summary>What has happened, what that means for the targets and what can be done, in sentences; each line is a paragraph.</summary>
    public required string Text { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Notices. Scheduler → any one Notifier; sent again until <see cref="StatusChangesStored"/> confirms them.</summary>
/// <param name="Notices">The notices, in the order in which they were raised.</param>
public sealed record NoticeBatch(IReadOnlyList<Notice> Notices);
