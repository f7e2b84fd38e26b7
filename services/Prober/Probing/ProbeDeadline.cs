namespace Skypunch.Prober.Probing;

/// <summary>The one hard deadline of a probe.</summary>
internal sealed class ProbeDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private volatile bool _passed;

    /// <summary>Starts the clock.</summary>
    public ProbeDeadline(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = clock.CreateTimer(static deadline => ((ProbeDeadline)deadline!).Pass(), this, timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the deadline passes, or the process stops.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the deadline has passed.</summary>
    public bool HasPassed => _passed;

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Pass()
    {
        _passed = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The probe was done at that very moment.
        }
    }
}
