namespace Skypunch.Bench.Simulation;

/// <summary>Simulated time: a queue of events in time order. Nothing waits; the time jumps from one event to the next.</summary>
internal sealed class Timeline(DateTimeOffset begin)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _events = new();
    private long _number;

    public DateTimeOffset Now { get; private set; } = begin;

    /// <summary>Schedules an event after a pause. Events at the same instant run in the order in which they were scheduled.</summary>
    public void After(TimeSpan pause, Action happen) => _events.Enqueue(happen, (Now + pause, _number++));

    /// <summary>Runs all events before an instant.</summary>
    public void RunUntil(DateTimeOffset end)
    {
        while (_events.TryPeek(out _, out var next) && next.At < end)
        {
            Now = next.At;
            _events.Dequeue()();
        }

        Now = end;
    }
}
