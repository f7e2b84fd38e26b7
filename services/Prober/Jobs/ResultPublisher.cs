using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Publishes results in batches, whatever messages their jobs came in: a message and a transaction for each result would cost the broker
/// and the store a multiple. Results that change nothing wait for each other. A result that may be a change is published a moment later,
/// together with all that wait.
/// </summary>
internal sealed class ResultPublisher(IBus bus, IOptions<ProberOptions> options, TimeProvider clock)
{
    /// <summary>The most results of a batch.</summary>
    public const int BatchSize = 500;

    /// <summary>
    /// How long a result that changes nothing waits for others. Well below the second after which its target may be due again.
    /// </summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a result that may be a change waits for others, so that many failures at once travel together, too.</summary>
    public static readonly TimeSpan UrgentLinger = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private Batch? _open;

    /// <summary>Whether the result may change the target's status, as far as the job tells.</summary>
    public static bool MayBeChange(ProbeJob job, ProbeResult result) => result.Passed ? job.TraceOnPass : !job.IsFailing;

    /// <summary>Publishes a result. The task ends when the broker has it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="result">The result of its probe.</param>
    /// <exception cref="Exception">The broker does not have the result.</exception>
    public Task PublishAsync(ProbeJob job, ProbeResult result)
    {
        Batch batch;
        lock (_lock)
        {
            batch = _open ??= Open();
            batch.Results.Add(result);
            if (batch.Results.Count < BatchSize)
            {
                if (MayBeChange(job, result))
                {
                    batch.Hurry(UrgentLinger);
                }

                return batch.Published;
            }

            _open = null;
        }

        _ = batch.PublishAsync(bus, options.Value.Name);
        return batch.Published;
    }

    private Batch Open()
    {
        var batch = new Batch();
        batch.Timer = clock.CreateTimer(_ => Close(batch), null, Linger, Timeout.InfiniteTimeSpan);
        return batch;
    }

    private void Close(Batch batch)
    {
        lock (_lock)
        {
            if (_open != batch)
            {
                return; // the batch was full before
            }

            _open = null;
        }

        _ = batch.PublishAsync(bus, options.Value.Name);
    }

    private sealed class Batch
    {
        private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isUrgent;

        public List<ProbeResult> Results { get; } = [];

        public ITimer? Timer { get; set; }

        public Task Published => _published.Task;

        public void Hurry(TimeSpan linger)
        {
            if (!_isUrgent)
            {
                _isUrgent = true;
                Timer?.Change(linger, Timeout.InfiniteTimeSpan);
            }
        }

        public async Task PublishAsync(IBus bus, string prober)
        {
            Timer?.Dispose();
            try
            {
                await bus.Publish(new ProbeResults(prober, Results));
                _published.SetResult();
            }
            catch (Exception e)
            {
                _published.SetException(e); // each job that waits for the batch gets the exception
            }
        }
    }
}
