using Microsoft.Extensions.Options;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Jobs;

/// <summary>The one limit on how many probes run side by side in this process, and the count of them.</summary>
internal sealed class ProbeLimit(IOptions<ProberOptions> options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentProbes);
    private int _running;
    private int _inHand;
    private long _completed;

    /// <summary>Probes that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Probes that run or wait for a place.</summary>
    public int InHand => Volatile.Read(ref _inHand);

    /// <summary>How many probes may run at once.</summary>
    public int Places => options.Value.MaxConcurrentProbes;

    /// <summary>Probes that have ended since this process began.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Waits for a place, which is free again when it is disposed of.</summary>
    /// <returns>The place; null where none was free for as long as <paramref name="patience"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IDisposable?> TryEnterAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _inHand);
        var isIn = false;
        try
        {
            isIn = _places.Wait(0, CancellationToken.None) || await WaitAsync(patience, cancellationToken);
        }
        finally
        {
            if (!isIn)
            {
                Interlocked.Decrement(ref _inHand);
            }
        }

        if (!isIn)
        {
            return null;
        }

        Interlocked.Increment(ref _running);
        return new Place(this);
    }

    public void Dispose() => _places.Dispose();

    private async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero)
        {
            return false;
        }

        using var tooLate = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Decrement(ref _inHand);
        Interlocked.Increment(ref _completed);
        _places.Release();
    }

    private sealed class Place(ProbeLimit limit) : IDisposable
    {
        public void Dispose() => limit.Leave();
    }
}
