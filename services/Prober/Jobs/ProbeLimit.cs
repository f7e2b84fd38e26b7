using Microsoft.Extensions.Options;

namespace Skypunch.Prober.Jobs;

/// <summary>The one limit on how many probes run side by side in this process, and the count of them.</summary>
internal sealed class ProbeLimit(IOptions<ProberOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentProbes);
    private int _running;
    private long _completed;

    /// <summary>Probes that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Probes that have ended since this process began.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Waits for a place, runs a probe, and leaves the place.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> probe, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        Interlocked.Increment(ref _running);
        try
        {
            return await probe(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Interlocked.Increment(ref _completed);
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
