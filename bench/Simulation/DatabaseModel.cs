using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Simulation;

/// <summary>
/// The database as a queue in front of a number of cores: each statement occupies one core for its time, and waits for a core in the order
/// of arrival. The times vary around their mean.
/// </summary>
internal sealed class DatabaseModel(SimulationSettings settings, Timeline time, Random random, Window window)
{
    private readonly Queue<(TimeSpan Takes, Action Done)> _waiting = new();
    private readonly DateTimeOffset _stallFrom = window.From + (window.Length / 3);
    private int _busy;
    private bool _isStalled;

    /// <summary>The time for which cores were busy within the window.</summary>
    public TimeSpan Busy { get; private set; }

    private bool IsStalled => time.Now >= _stallFrom && time.Now < _stallFrom + TimeSpan.FromMilliseconds(settings.StallMs);

    /// <summary>Queues a statement.</summary>
    /// <param name="mean">The mean time that the statement occupies a core.</param>
    /// <param name="done">What happens when the statement is done.</param>
    public void Run(TimeSpan mean, Action done)
    {
        // Half of the time is fixed, the other half exponential: most statements take a little less than the mean, a few take a multiple of
        // it.
        _waiting.Enqueue((mean * (0.5 - (0.5 * Math.Log(1 - random.NextDouble()))), done));
        Start();
    }

    private void Start()
    {
        if (IsStalled)
        {
            if (!_isStalled)
            {
                _isStalled = true;
                time.After(_stallFrom + TimeSpan.FromMilliseconds(settings.StallMs) - time.Now, Start);
            }

            return;
        }

        while (_busy < settings.DatabaseCores && _waiting.TryDequeue(out var statement))
        {
            _busy++;
            Busy += Within(time.Now, time.Now + statement.Takes);
            time.After(statement.Takes, () =>
            {
                _busy--;
                statement.Done();
                Start();
            });
        }
    }

    private TimeSpan Within(DateTimeOffset from, DateTimeOffset to)
    {
        var (begin, end) = (from > window.From ? from : window.From, to < window.To ? to : window.To);
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
