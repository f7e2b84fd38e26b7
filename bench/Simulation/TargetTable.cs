using Skypunch.Bench.Figures;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.Simulation;

/// <summary>
/// The table of targets as a claim sees it: the next probe of each target, an index by that time, and whether the target is in flight. A
/// claimed row is out of the index until the claim is committed, since no other claim sees it in that time.
/// </summary>
internal sealed class TargetTable
{
    private readonly DateTimeOffset[] _next;
    private readonly bool[] _inFlight;
    private readonly bool[] _passedOver;
    private readonly PriorityQueue<int, long> _index;

    /// <summary>Starts with targets that have all been probed before; each waits for its next slot.</summary>
    public TargetTable(SimulationSettings settings, DateTimeOffset now, Window window)
    {
        _next = new DateTimeOffset[settings.Targets + 1];
        _inFlight = new bool[settings.Targets + 1];
        _passedOver = new bool[settings.Targets + 1];
        _index = new(settings.Targets);
        for (var id = 1; id <= settings.Targets; id++)
        {
            var grid = SlotGrid.Of(new BenchTarget(id, "", settings.Frequency, 0, TargetKind.Ok));
            _next[id] = grid.NextAfter(now);
            _index.Enqueue(id, _next[id].UtcTicks);
            Asked += grid.IndexAt(window.To.AddTicks(-1)) - grid.IndexAt(window.From.AddTicks(-1));
        }
    }

    /// <summary>The number of slots in the window.</summary>
    public long Asked { get; }

    /// <summary>The number of rows that claims have taken and not yet committed.</summary>
    public int Locked { get; private set; }

    /// <summary>When a target is due.</summary>
    public DateTimeOffset NextOf(int id) => _next[id];

    /// <summary>
    /// Takes and locks the rows that are due next. A row that is still in flight is passed over until its result is stored.
    /// </summary>
    public List<int> Take(DateTimeOffset horizon, int limit)
    {
        var taken = new List<int>();
        while (taken.Count < limit && _index.TryPeek(out var id, out var next) && next <= horizon.UtcTicks)
        {
            _index.Dequeue();
            if (_inFlight[id])
            {
                _passedOver[id] = true;
                continue;
            }

            taken.Add(id);
        }

        Locked += taken.Count;
        return taken;
    }

    /// <summary>Commits the claim of a row.</summary>
    public void Book(int id, DateTimeOffset next, bool isInFlight)
    {
        Locked--;
        _next[id] = next;
        _inFlight[id] = isInFlight;
        _index.Enqueue(id, next.UtcTicks);
    }

    /// <summary>Commits the result of a row.</summary>
    public void CommitResult(int id)
    {
        _inFlight[id] = false;
        if (_passedOver[id])
        {
            _passedOver[id] = false;
            _index.Enqueue(id, _next[id].UtcTicks);
        }
    }
}
