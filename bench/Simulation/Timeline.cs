namespace Skypunch.Bench.Simulation;

/// <summary>Simulated time: what is to happen, in its order. Nothing waits; the time jumps from one event to the next.</summary>
internal sealed class Timeline(DateTimeOffset begin)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _events = new();
    private long _number;

    public DateTimeOffset Now { get; private set; } = begin;

    /// <summary>Has something happen after a while. Of events at the same instant, the one asked for first is first.</summary>
    public void After(TimeSpan pause, Action happen) => _events.Enqueue(happen, (Now + pause, _number++));

    /// <summary>Lets everything happen that does so before an instant.</summary>
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
