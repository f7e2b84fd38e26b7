using Microsoft.Extensions.Options;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Jobs;

/// <summary>Lets probes in flight go on for a while when this process is told to stop, and then cancels those that are left.</summary>
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
