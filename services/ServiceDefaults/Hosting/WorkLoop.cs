using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Work that is repeated for as long as the process runs: at an interval, and at once when <see cref="Wake"/> is called. One run of the
/// work is a turn. A turn that fails, as when the database or the broker is unavailable, is logged and tried again after a pause that grows
/// to two seconds. It never ends the process.
/// </summary>
public abstract partial class WorkLoop(BusGate busGate, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The time between the end of a turn and the next one.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Does the work once.</summary>
    protected abstract Task TurnAsync(CancellationToken cancellationToken);

    /// <summary>Has the next turn begin now, since there is work to do.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>
    /// How long a stop waits for the turn that it has cancelled. A database driver may go on waiting for a server that hangs. A turn that
    /// is abandoned then does no harm, since it has committed all or nothing. The time is short, since a service has some eight loops that
    /// stop one after the other.
    /// </summary>
    protected virtual TimeSpan StopPatience => TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Runs on another thread, since the cancellation itself may block: the MySQL driver's callback asks the server to kill the query.
        var stopped = Task.Run(() => base.StopAsync(cancellationToken), CancellationToken.None);
        await stopped.WaitAsync(StopPatience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await busGate.WaitAsync(stoppingToken);
            for (var failures = 0; ; failures = await TryTurnAsync(stoppingToken) ? 0 : failures + 1)
            {
                await PauseAsync(failures, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. What the cancellation interrupts may throw exceptions of any type.
        }
    }

    private async Task<bool> TryTurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TurnAsync(stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogTurnFailed(logger, GetType().Name, e);
            return false;
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stoppingToken)
    {
        if (failures > 0)
        {
            // A call of Wake does not shorten this pause: what is unavailable stays so for a while.
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
            await Task.Delay(pause, clock, stoppingToken);
            return;
        }

        // The timer wakes the loop like any other caller. A wait with a timeout would throw an exception at the end of each interval.
        using var timer = clock.CreateTimer(_ => Wake(), null, Interval, Timeout.InfiniteTimeSpan);
        await _wakeUps.Reader.ReadAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of {Loop} failed; it is tried again.")]
    private static partial void LogTurnFailed(ILogger logger, string loop, Exception exception);
}
