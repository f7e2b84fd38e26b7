namespace Skypunch.Scheduler.Model.History;

/// <summary>What has become complete in the history of some targets, and is to be stored in rows of its own; and whose history begins anew.</summary>
internal sealed class ClosedHistory
{
    public List<TargetHour> Hours { get; } = [];

    public List<TargetChunk> Chunks { get; } = [];

    /// <summary>The targets whose column cannot be read, as after an edit by hand in SQL: their history begins anew.</summary>
    public List<long> Unreadable { get; } = [];

    public bool IsEmpty => Hours.Count == 0 && Chunks.Count == 0;
}
