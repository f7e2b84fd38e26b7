using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends what is due, with one <see cref="NotifierRun"/> for each notifier that has something due, side by side: a slow or dead one holds up nobody else.
/// A server that does not answer is left alone for the shortest pause, however many messages wait for it.
/// </summary>
internal sealed partial class DeliverySender(
    IServiceScopeFactory scopes,
    BusGate busGate,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DeliverySender> logger) : WorkLoop(busGate, clock, logger)
{
    private readonly TimeProvider _clock = clock;
    private readonly ILogger<DeliverySender> _logger = logger;
    private readonly ConcurrentDictionary<long, Task> _runs = [];
    private readonly Lock _lock = new();
    private readonly HashSet<long> _running = [];
    private readonly HashSet<long> _wantedAgain = [];
    private readonly Dictionary<long, DateTimeOffset> _restUntil = [];

    protected override TimeSpan Interval => options.Value.PollInterval;

    /// <summary>Stops; a message that is being handed in is given time to end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_runs.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var notifiers = await scope.ServiceProvider.GetRequiredService<DueDeliveries>().NotifiersAsync(cancellationToken);
        foreach (var notifierId in notifiers.Where(TryBegin))
        {
            _runs[notifierId] = RunAsync(notifierId, cancellationToken);
        }
    }

    private bool TryBegin(long notifierId)
    {
        lock (_lock)
        {
            if (_restUntil.TryGetValue(notifierId, out var until) && _clock.GetUtcNow() < until)
            {
                return false;
            }

            if (_running.Add(notifierId))
            {
                return true;
            }

            // That run may have looked for the last time already.
            _wantedAgain.Add(notifierId);
            return false;
        }
    }

    private void End(long notifierId, bool serverFailed)
    {
        bool again;
        lock (_lock)
        {
            _running.Remove(notifierId);
            again = _wantedAgain.Remove(notifierId);
            if (serverFailed)
            {
                _restUntil[notifierId] = _clock.GetUtcNow() + RetrySchedule.Shortest;
            }
        }

        if (again)
        {
            Wake();
        }
    }

    private async Task RunAsync(long notifierId, CancellationToken stopping)
    {
        var serverFailed = false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            serverFailed = await scope.ServiceProvider.GetRequiredService<NotifierRun>().RunAsync(notifierId, stopping);
        }
        catch (Exception e)
        {
            // Nobody awaits this task: what is claimed comes back when its lease ends.
            LogRunFailed(_logger, notifierId, e);
        }
        finally
        {
            End(notifierId, serverFailed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to notifier {NotifierId} failed; it is tried again.")]
    private static partial void LogRunFailed(ILogger logger, long notifierId, Exception exception);
}
