using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Publishes results in small batches, whatever message their jobs came with: a batch goes out when it is full, or a moment after its first
/// result. A message per
/// result would cost the broker a multiple of that.
/// </summary>
internal sealed class ResultPublisher(IBus bus, IOptions<ProberOptions> options, TimeProvider clock)
{
    /// <summary>The most results of a batch.</summary>
    public const int BatchSize = 100;

    /// <summary>How long the first result of a batch waits for others.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private Batch? _open;

    /// <summary>Done when the broker has the result.</summary>
    /// <exception cref="Exception">The broker does not have it.</exception>
    public Task PublishAsync(ProbeResult result)
    {
        Batch batch;
        lock (_lock)
        {
            batch = _open ??= Open();
            batch.Results.Add(result);
            if (batch.Results.Count < BatchSize)
            {
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
                return; // it was full before
            }

            _open = null;
        }

        _ = batch.PublishAsync(bus, options.Value.Name);
    }

    private sealed class Batch
    {
        private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<ProbeResult> Results { get; } = [];

        public ITimer? Timer { get; set; }

        public Task Published => _published.Task;

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
                _published.SetException(e); // each job that waits for it hears of it
            }
        }
    }
}
