namespace Skypunch.Scheduler.Model.History;

/// <summary>What has become complete in the history of some targets, and is to be stored in rows of its own.</summary>
internal sealed class ClosedHistory
{
    public List<TargetHour> Hours { get; } = [];

    public List<TargetChunk> Chunks { get; } = [];

    public bool IsEmpty => Hours.Count == 0 && Chunks.Count == 0;
}
