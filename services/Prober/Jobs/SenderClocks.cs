using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// What the clocks of the Schedulers show now, though they and this machine's may differ by anything: the message that was the quickest of the last seconds tells
/// how a Scheduler's clock stands to ours, and by how much later another one comes, it is old. Time that this process has lost does not count as seconds: what has
/// waited for it meanwhile is compared with what came before.
/// </summary>
internal sealed class SenderClocks(LostTime lostTime, TimeProvider clock)
{
    /// <summary>For how long a comparison holds, and at most twice that: so long is a Scheduler's clock that was set back taken for late messages.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private const int MostSenders = 100; // each start of a Scheduler is another one

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
