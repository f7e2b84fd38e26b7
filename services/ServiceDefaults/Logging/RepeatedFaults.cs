using System.Collections.Concurrent;

namespace Skypunch.ServiceDefaults.Logging;

/// <summary>
/// Remembers which faults were logged in full. The same fault is logged in full once a minute. While a database or a broker is unavailable,
/// or a queue is full of bad messages, a stack trace for each attempt or message would fill the disk and say nothing new.
/// </summary>
internal sealed class RepeatedFaults(TimeProvider clock)
{
    private const int MostKnown = 1_000; // beyond this number all are forgotten, and logged in full once more
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Category, int Event, string Fault), Seen> _seen = new();

    /// <summary>Whether the fault is to be logged in full now.</summary>
    /// <param name="category">The log category of the line.</param>
    /// <param name="id">The event id of the line.</param>
    /// <param name="fault">What distinguishes the fault from others with that event id.</param>
    /// <param name="since">How often the fault was not logged in full since it last was.</param>
    public bool IsDue(string category, int id, string fault, out long since)
    {
        if (_seen.Count > MostKnown)
        {
            _seen.Clear();
        }

        return _seen.GetOrAdd((category, id, fault), static _ => new Seen()).IsDue(clock, out since);
    }

    private sealed class Seen
    {
        private readonly Lock _lock = new();
        private long? _at;
        private long _since;

        public bool IsDue(TimeProvider clock, out long since)
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
