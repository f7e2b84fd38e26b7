namespace Skypunch.Contracts;

/// <summary>
/// Something that all notifiers are told of and that is no change of a target's status: Skypunch speaks of itself. Travels in a <see cref="NoticeBatch"/>.
/// </summary>
public sealed record Notice
{
    /// <summary>The longest <see cref="Kind"/>.</summary>
    public const int LongestKind = 16;

    /// <summary>What a notice that is about no target is about.</summary>
    public const string Skypunch = "Skypunch";

    /// <summary>Names this notice, everywhere and for ever.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>The target that it is about; null: it is about Skypunch itself.</summary>
    public long? TargetId { get; init; }

    /// <summary>The target's name, or <see cref="Skypunch"/>.</summary>
    public required string About { get; init; }

    /// <summary>A stable code of at most <see cref="LongestKind"/> characters, such as "not_probed".</summary>
    public required string Kind { get; init; }

    /// <summary>What has happened, in a few words on one line: the subject of a mail.</summary>
    public required string Subject { get; init; }

    /// <summary>What has happened, what it means for the targets and what can be done, in sentences; each line is a paragraph.</summary>
    public required string Text { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Notices. Scheduler → any one Notifier, and again until <see cref="StatusChangesStored"/> answers for them.</summary>
/// <param name="Notices">The notices, in the order in which they were raised.</param>
public sealed record NoticeBatch(IReadOnlyList<Notice> Notices);
