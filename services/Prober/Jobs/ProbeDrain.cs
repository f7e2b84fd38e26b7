using Microsoft.Extensions.Options;

namespace Skypunch.Prober.Jobs;

/// <summary>When this process is told to stop, probes in flight may go on for a while; then this cancels what is left of them.</summary>
internal sealed class ProbeDrain : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    public ProbeDrain(IHostApplicationLifetime lifetime, IOptions<ProberOptions> options, TimeProvider clock)
        => _stopping = lifetime.ApplicationStopping.Register(
            () => _timer = clock.CreateTimer(_ => _over.Cancel(), null, options.Value.DrainTimeout, Timeout.InfiniteTimeSpan));

    /// <summary>Cancelled when the time for probes in flight is over.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
        _over.Dispose();
    }
}
