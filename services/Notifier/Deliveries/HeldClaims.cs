using System.Collections.Concurrent;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Deliveries;

/// <summary>The deliveries that this process has claimed and not yet released, each with the instant of its last sign of life.</summary>
internal sealed class HeldClaims(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, (long Since, DateTimeOffset At)> _signs = [];

    /// <summary>The name of this process in <c>claimed_by</c>: the machine's, and a part that no other process has.</summary>
    public string Sender { get; } = NameOf(Environment.MachineName, Guid.NewGuid());

    /// <summary>The ids of the deliveries.</summary>
    public IReadOnlyCollection<long> Ids => [.. _signs.Keys];

    /// <summary>Notes that deliveries were claimed.</summary>
    /// <param name="ids">The ids of the deliveries.</param>
    /// <param name="since">The clock's timestamp before the claim began.</param>
    public void Add(IReadOnlyCollection<long> ids, long since)
    {
        foreach (var id in ids)
        {
            _signs[id] = SignOf(since);
        }
    }

    /// <summary>Notes that claims were renewed. A claim that was released meanwhile stays released.</summary>
    /// <param name="ids">The ids of the deliveries.</param>
    /// <param name="since">The clock's timestamp before the renewal began.</param>
    public void Renew(IReadOnlyCollection<long> ids, long since)
    {
        foreach (var id in ids)
        {
            if (_signs.TryGetValue(id, out var before))
            {
                _signs.TryUpdate(id, SignOf(since), before);
            }
        }
    }

    /// <summary>Notes that deliveries were marked, given back or lost.</summary>
    public void Remove(IReadOnlyCollection<long> ids)
    {
        foreach (var id in ids)
        {
            _signs.TryRemove(id, out _);
        }
    }

    /// <summary>Whether this process holds a delivery, even where another process may have taken it.</summary>
    public bool Has(long id) => _signs.ContainsKey(id);

    /// <summary>Whether nobody else can have taken any of the deliveries.</summary>
    public bool IsSureOf(IReadOnlyCollection<long> ids) => ids.All(IsSureOf);

    private bool IsSureOf(long id)
    {
        if (!_signs.TryGetValue(id, out var sign))
        {
            return false;
        }

        // The monotonic clock stands still while a machine is suspended, and the system clock may be set. Only where both agree is the
        // claim certain.
        var (elapsed, passed) = (clock.GetElapsedTime(sign.Since), clock.GetUtcNow() - sign.At);
        return elapsed < Lease.SureFor && passed < Lease.SureFor && passed > -Lease.SureFor;
    }

    private (long Since, DateTimeOffset At) SignOf(long since) => (since, clock.GetUtcNow() - clock.GetElapsedTime(since));

    private static string NameOf(string machine, Guid process)
    {
        var suffix = $"#{process:N}"[..13];
        return machine[..Math.Min(machine.Length, Delivery.LongestSender - suffix.Length)] + suffix;
    }
}
