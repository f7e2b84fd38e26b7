using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Simulation;

/// <summary>Counts what happens in the window.</summary>
internal sealed class SimulationTally(Timeline time, Window window)
{
    private readonly List<TimeSpan> _late = [];
    private readonly List<TimeSpan> _untilFolded = [];

    public long Claims { get; private set; }

    public long EmptyClaims { get; private set; }

    public long ClaimedRows { get; private set; }

    public long Missed { get; private set; }

    public long JobMessages { get; private set; }

    public long ResultMessages { get; private set; }

    public int LongestQueue { get; private set; }

    /// <summary>The time from a slot to its release.</summary>
    public IReadOnlyList<TimeSpan> Late => _late;

    /// <summary>The time from the end of a probe to the commit of its result.</summary>
    public IReadOnlyList<TimeSpan> UntilFolded => _untilFolded;

    private bool IsWatched => window.Includes(time.Now);

    public void Claimed(int rows, long missed)
    {
        if (IsWatched)
        {
            Claims += rows > 0 ? 1 : 0;
            EmptyClaims += rows > 0 ? 0 : 1;
            ClaimedRows += rows;
            Missed += missed;
        }
    }

    public void Queued(int waiting) => LongestQueue = IsWatched ? Math.Max(LongestQueue, waiting) : LongestQueue;

    public void Released(DateTimeOffset slot)
    {
        if (window.Includes(slot))
        {
            _late.Add(time.Now - slot);
        }
    }

    public void JobsPublished() => JobMessages += IsWatched ? 1 : 0;

    public void ResultsPublished() => ResultMessages += IsWatched ? 1 : 0;

    public void Folded(DateTimeOffset probed)
    {
        if (window.Includes(probed))
        {
            _untilFolded.Add(time.Now - probed);
        }
    }
}
