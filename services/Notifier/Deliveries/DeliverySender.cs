using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends what is due, with a <see cref="NotifierRun"/> for each notifier that has something due, side by side: a slow or dead one holds up nobody else. Where much
/// waits for one notifier, a few runs share it: the claim keeps the messages of a target in their order.
/// A server that does not answer is left alone for the shortest pause, however many messages wait for it.
/// </summary>
internal sealed partial class DeliverySender(
    IServiceScopeFactory scopes,
    BusGate busGate,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DeliverySender> logger) : WorkLoop(busGate, clock, logger)
{
    // Between two mails there is a commit, which takes a busy database longer than the server takes a mail.
    private const int MostRuns = 4;

    // A login costs many a server more than a mail.
    private const int EnoughForARun = 10;

    private readonly TimeProvider _clock = clock;
    private readonly ILogger<DeliverySender> _logger = logger;
    private readonly ConcurrentDictionary<(long NotifierId, int Number), Task> _runs = [];
    private readonly Lock _lock = new();
    private readonly HashSet<(long NotifierId, int Number)> _running = [];
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
        foreach (var (notifierId, due) in notifiers)
        {
            for (var number = 0; number < MostRuns && number * EnoughForARun < due && MayBegin(notifierId); number++)
            {
                if (TryBegin((notifierId, number)))
                {
                    _runs[(notifierId, number)] = RunAsync((notifierId, number), cancellationToken);
                }
            }
        }
    }

    private bool MayBegin(long notifierId)
    {
        lock (_lock)
        {
            return !_restUntil.TryGetValue(notifierId, out var until) || _clock.GetUtcNow() >= until;
        }
    }

    private bool TryBegin((long NotifierId, int Number) run)
    {
        lock (_lock)
        {
            if (_running.Add(run))
            {
                return true;
            }

            // That run may have looked for the last time already.
            _wantedAgain.Add(run.NotifierId);
            return false;
        }
    }

    private void End((long NotifierId, int Number) run, bool serverFailed)
    {
        bool again;
        lock (_lock)
        {
            _running.Remove(run);
            again = _wantedAgain.Remove(run.NotifierId);
            if (serverFailed)
            {
                _restUntil[run.NotifierId] = _clock.GetUtcNow() + RetrySchedule.Shortest;
            }
        }

        if (again)
        {
            Wake();
        }
    }

    private async Task RunAsync((long NotifierId, int Number) run, CancellationToken stopping)
    {
        var serverFailed = false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            serverFailed = await scope.ServiceProvider.GetRequiredService<NotifierRun>().RunAsync(run.NotifierId, stopping);
        }
        catch (Exception e)
        {
            // Nobody awaits this task: what is claimed comes back when its lease ends.
            LogRunFailed(_logger, run.NotifierId, e);
        }
        finally
        {
            End(run, serverFailed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to notifier {NotifierId} failed; it is tried again.")]
    private static partial void LogRunFailed(ILogger logger, long notifierId, Exception exception);
}
