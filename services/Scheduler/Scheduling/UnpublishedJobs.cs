namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// The jobs that could not be published, since the broker was away. Whether one of them got through is not known, so its lease stays until the
/// broker takes a message again. Then it is ended: a target with a long timeout would wait for seconds after the broker's return.
/// </summary>
internal sealed class UnpublishedJobs(JobReturn jobReturn)
{
    private readonly Lock _lock = new();
    private Dictionary<long, DateTimeOffset> _slots = []; // a later job of a target takes the place of an earlier one, whose lease has ended

    /// <summary>Notes jobs that could not be published.</summary>
    public void Add(IEnumerable<ClaimedJob> jobs)
    {
        lock (_lock)
        {
            foreach (var claimed in jobs)
            {
                _slots[claimed.Job.TargetId] = claimed.Job.Slot;
            }
        }
    }

    /// <summary>The broker has taken a message. Does not throw, and does not wait for the store.</summary>
    public void BrokerIsBack()
    {
        if (Volatile.Read(ref _slots).Count > 0)
        {
            _ = jobReturn.TryEndLeasesAsync(TakeAll());
        }
    }

    private Dictionary<long, DateTimeOffset> TakeAll()
    {
        lock (_lock)
        {
            var all = _slots;
            Volatile.Write(ref _slots, []);
            return all;
        }
    }
}
