using System.Collections.Concurrent;

namespace Skypunch.ServiceDefaults.Logging;

/// <summary>Remembers which faults were logged in full. The same one is logged in full once a minute: while a database or a broker is away, or a queue is full of bad messages,
/// a stack for each try or message would fill the disk and tell nothing new.</summary>
internal sealed class RepeatedFaults(TimeProvider clock)
{
    private const int MostKnown = 1_000; // beyond it all are forgotten, and logged in full once more
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Category, int Event, string Fault), Seen> _seen = new();

    /// <summary>Whether the fault is logged in full now.</summary>
    /// <param name="category">Who logs it.</param>
    /// <param name="id">Which line it is.</param>
    /// <param name="fault">What tells it from others of that line.</param>
    /// <param name="since">How many of it were not, since the last that was.</param>
    public bool IsTurn(string category, int id, string fault, out long since)
    {
        if (_seen.Count > MostKnown)
        {
            _seen.Clear();
        }

        return _seen.GetOrAdd((category, id, fault), static _ => new Seen()).IsTurn(clock, out since);
    }

    private sealed class Seen
    {
        private readonly Lock _lock = new();
        private long? _at;
        private long _since;

        public bool IsTurn(TimeProvider clock, out long since)
        {
            lock (_lock)
            {
                since = _since;
                if (_at is { } at && clock.GetElapsedTime(at) < Quiet)
                {
                    _since++;
                    return false;
                }

                (_at, _since) = (clock.GetTimestamp(), 0);
                return true;
            }
        }
    }
}
