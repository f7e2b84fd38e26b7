using Skypunch.Bench.Scenarios;
using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Figures;

/// <summary>How punctual the probes of the targets were, as the web server saw them.</summary>
/// <param name="Asked">The number of slots in the window.</param>
/// <param name="Done">The number of slots for which a request came.</param>
/// <param name="OnTime">The number of slots whose request came within <see cref="Grace"/>.</param>
/// <param name="Extra">The number of requests beyond the first of a slot.</param>
/// <param name="Lateness">The time from a slot to its request, over all slots that were done.</param>
internal sealed record Punctuality(int Asked, int Done, int OnTime, int Extra, Distribution Lateness)
{
    /// <summary>A probe is on time if its request reaches the web server at most this long after the slot.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    // The processes of a machine share its clock, but a timer may fire a little early.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(3);

    /// <summary>The share of slots that were on time.</summary>
    public double OnTimeShare => Asked == 0 ? 1 : (double)OnTime / Asked;

    /// <summary>The share of slots for which a request came.</summary>
    public double DoneShare => Asked == 0 ? 1 : (double)Done / Asked;

    /// <summary>Compares the slots of the targets with the requests that came. A request belongs to the last slot before it.</summary>
    public static Punctuality Of(IEnumerable<BenchTarget> targets, IEnumerable<Arrival> arrivals, Window window)
    {
        var slots = targets.ToDictionary(target => target.Id, target => new TargetSlots(SlotGrid.Of(target), window));
        var extra = 0;
        foreach (var arrival in arrivals)
        {
            if (slots.TryGetValue(arrival.TargetId, out var ofTarget) && !ofTarget.Record(arrival.At))
            {
                extra++;
            }
        }

        var lateness = slots.Values.SelectMany(ofTarget => ofTarget.Lateness).ToList();
        return new Punctuality(
            slots.Values.Sum(ofTarget => ofTarget.Count),
            lateness.Count,
            lateness.Count(late => late <= Grace),
            extra,
            Distribution.Of(lateness));
    }

    private sealed class TargetSlots
    {
        private readonly SlotGrid _grid;
        private readonly long _first;
        private readonly TimeSpan?[] _lateness;

        public TargetSlots(SlotGrid grid, Window window)
        {
            _grid = grid;
            _first = grid.IndexAt(window.From - TimeSpan.FromTicks(1)) + 1;
            _lateness = new TimeSpan?[Math.Max(0, grid.IndexAt(window.To - TimeSpan.FromTicks(1)) - _first + 1)];
        }

        public int Count => _lateness.Length;

        public IEnumerable<TimeSpan> Lateness => _lateness.OfType<TimeSpan>();

        // Returns false if the slot already has a request.
        public bool Record(DateTimeOffset at)
        {
            var index = _grid.IndexAt(at + Early);
            if (index < _first || index >= _first + Count)
            {
                return true;
            }

            ref var lateness = ref _lateness[index - _first];
            if (lateness is not null)
            {
                return false;
            }

            lateness = at - _grid.At(index);
            return true;
        }
    }
}
