namespace Skypunch.Scheduler.Scheduling;

/// <summary>The claimed jobs that wait for the instant of their release.</summary>
internal sealed class ReleaseQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<ClaimedJob, long> _jobs = new();
    private TaskCompletionSource _earlier = NewSignal();

    /// <summary>How many jobs wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _jobs.Count;
            }
        }
    }

    /// <summary>Waits until a job is due.</summary>
    public async Task WaitForDueAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (nextAt, earlier) = Next();
            var now = clock.GetUtcNow();
            if (nextAt <= now)
            {
                return;
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var due = nextAt is { } at ? Task.Delay(at - now, clock, ended.Token) : Task.Delay(Timeout.InfiniteTimeSpan, clock, ended.Token);
            await Task.WhenAny(earlier, due);
            await ended.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Adds jobs.</summary>
    public void Add(IEnumerable<ClaimedJob> jobs)
    {
        lock (_lock)
        {
            var before = _jobs.TryPeek(out var first, out _) ? first : null;
            foreach (var job in jobs)
            {
                _jobs.Enqueue(job, job.ReleaseAt.UtcTicks);
            }

            if (_jobs.TryPeek(out var next, out _) && next != before)
            {
                _earlier.TrySetResult();
                _earlier = NewSignal();
            }
        }
    }

    /// <summary>Takes the jobs that are due, in the order of their instants.</summary>
    public List<ClaimedJob> TakeDue(DateTimeOffset now) => Take(job => job.ReleaseAt <= now);

    /// <summary>Takes all jobs.</summary>
    public List<ClaimedJob> TakeAll() => Take(_ => true);

    // When the first job is due (null: no job waits), and a task that ends when a job is added that is due before it.
    private (DateTimeOffset? At, Task Earlier) Next()
    {
        lock (_lock)
        {
            return (_jobs.TryPeek(out var job, out _) ? job.ReleaseAt : null, _earlier.Task);
        }
    }

    private List<ClaimedJob> Take(Func<ClaimedJob, bool> wanted)
    {
        var taken = new List<ClaimedJob>();
        lock (_lock)
        {
            while (_jobs.TryPeek(out var job, out _) && wanted(job))
            {
                taken.Add(_jobs.Dequeue());
            }
        }

        return taken;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
