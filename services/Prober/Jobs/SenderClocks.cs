using Skypunch.Prober.Pauses;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// What the clocks of the Schedulers show now, however much they differ from this machine's clock. The fastest message of the last seconds
/// gives the difference between a Scheduler's clock and ours. A message that took longer than that one is older by as much. Time that this
/// process has lost does not count towards these seconds, so that messages that waited for it meanwhile are compared with those that came
/// before.
/// </summary>
internal sealed class SenderClocks(LostTime lostTime, TimeProvider clock)
{
    /// <summary>
    /// For how long a difference is used: this long at least, and at most twice as long. After a Scheduler's clock was set back, its
    /// messages are taken for late for as long.
    /// </summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private const int MostSenders = 100; // each start of a Scheduler is another sender

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sender> _senders = [];

    /// <summary>What the sender's clock shows now.</summary>
    /// <param name="sender">Who sent a message.</param>
    /// <param name="sentAt">When, by the sender's clock.</param>
    public DateTimeOffset Now(string sender, DateTimeOffset sentAt)
    {
        var now = clock.GetElapsedTime(0);
        var lived = now - clock.GetElapsedTime(0, lostTime.Now());
        lock (_lock)
        {
            if (!_senders.TryGetValue(sender, out var known))
            {
                if (_senders.Count >= MostSenders)
                {
                    _senders.Clear();
                }

                _senders.Add(sender, known = new Sender(lived));
            }

            return sentAt + known.AgeOf(now - TimeSpan.FromTicks(sentAt.UtcTicks), lived);
        }
    }

    private sealed class Sender(TimeSpan since)
    {
        private TimeSpan _since = since;
        private TimeSpan _least = TimeSpan.MaxValue;
        private TimeSpan _leastBefore = TimeSpan.MaxValue;

        public TimeSpan AgeOf(TimeSpan difference, TimeSpan lived)
        {
            if (lived - _since >= Span)
            {
                (_leastBefore, _least) = (lived - _since < 2 * Span ? _least : TimeSpan.MaxValue, TimeSpan.MaxValue);
                _since = lived;
            }

            _least = Min(_least, difference);
            return difference - Min(_least, _leastBefore);
        }

        private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
    }
}
