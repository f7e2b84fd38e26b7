using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Bus;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Work that is done again and again for as long as the process runs: at an interval, and at once when somebody calls <see cref="Wake"/>. A turn that fails
/// (the database or the broker is away) is logged and tried again after a pause that grows to two seconds; it never ends the process.
/// </summary>
public abstract partial class WorkLoop(BusGate busGate, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The time between the end of a turn and the next one.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Does what there is to do.</summary>
    protected abstract Task TurnAsync(CancellationToken cancellationToken);

    /// <summary>There is something to do now.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>How long a stop waits for the turn that it has broken off: a driver may wait on for a server that hangs. The loops stop one after the other.</summary>
    protected virtual TimeSpan StopPatience => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StopPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await base.StopAsync(either.Token);
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
            // Told to stop. What was broken off by it says so in ways of its own.
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
            // A wake-up does not shorten this pause: what is away stays away for a while.
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
            await Task.Delay(pause, clock, stoppingToken);
            return;
        }

        // Time wakes it as others do; a cancellation would be an exception for each interval that passes.
        using var timer = clock.CreateTimer(_ => Wake(), null, Interval, Timeout.InfiniteTimeSpan);
        await _wakeUps.Reader.ReadAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of {Loop} failed; it is tried again.")]
    private static partial void LogTurnFailed(ILogger logger, string loop, Exception exception);
}
