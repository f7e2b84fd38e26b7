namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>target_chunks</c>: some results of a target, one after the other, all of one hour.</summary>
internal sealed class TargetChunk
{
    /// <summary>Hours since 1970 began, in UTC.</summary>
    public int Hour { get; init; }

    /// <summary>The target's id; no foreign key, as of <see cref="HistoryBucket.TargetId"/>.</summary>
    public long TargetId { get; init; }

    /// <summary>How many results of the hour there were before these.</summary>
    public int FirstResult { get; init; }

    /// <summary>The results, as <see cref="History.ResultRing"/> writes them.</summary>
    public required byte[] Results { get; init; }
}
