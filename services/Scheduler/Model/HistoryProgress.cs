namespace Skypunch.Scheduler.Model;

/// <summary>
/// The one row of <c>history_progress</c>: up to where hours have been added up to days. An hour that ends later than that is added to its day
/// by who stores it. Who adds up locks the row, and who stores hours reads it under a lock, so no hour is forgotten and none is added twice.
/// </summary>
internal sealed class HistoryProgress
{
    /// <summary>The only id.</summary>
    public const int TheId = 1;

    public int Id { get; init; }

    /// <summary>The day that is added up next; all days before are.</summary>
    public int Day { get; set; }

    /// <summary>Of that day, the targets with an id below are added up.</summary>
    public long NextTargetId { get; set; }

    /// <summary>Whether a target's hours of a day are in its day already.</summary>
    public bool Includes(int day, long targetId) => day < Day || (day == Day && targetId < NextTargetId);
}
