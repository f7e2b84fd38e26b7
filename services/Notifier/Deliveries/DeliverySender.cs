using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends due deliveries, with a <see cref="NotifierRun"/> for each notifier that has some. The runs go side by side, so that a slow or dead
/// receiver holds up no other. Where many deliveries wait for one notifier, or a run hangs, a few runs share them: the claim keeps the
/// messages of a target in their order. A notifier whose receiver does not answer, or that cannot be used, is left alone for a while,
/// however many messages wait for it.
/// </summary>
internal sealed partial class DeliverySender(
    IServiceScopeFactory scopes,
    StoreWriter<NotifierDb> writer,
    BusGate busGate,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DeliverySender> logger) : WorkLoop(busGate, clock, logger)
{
    // Between two mails of a run there is a commit, for which a busy database needs longer than the mail server for a mail.
    private const int MostRuns = 4;

    // For fewer deliveries no further run begins: a login costs many servers more than a mail.
    private const int EnoughForARun = 10;

    // More deliveries make no more runs.
    private const int MostCounted = MostRuns * DigestRule.Most;

    // A run that takes so long may hang with one message that its server does not accept. Another run then takes the other messages.
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock = clock;
    private readonly ILogger<DeliverySender> _logger = logger;
    private readonly ConcurrentDictionary<(long NotifierId, int Number), Task> _runs = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<(long NotifierId, int Number), long> _running = []; // with the timestamp of its beginning
    private readonly HashSet<long> _wantedAgain = [];
    private readonly Dictionary<long, (long Since, TimeSpan Length)> _rests = [];
    private bool _begun;

    protected override TimeSpan Interval => options.Value.PollInterval;

    /// <summary>Stops. A message that is being sent has time to end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_runs.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_begun && writer.IsAlone)
        {
            await ForgetClaimsAsync(cancellationToken);
        }

        _begun = true;
        await using var scope = scopes.CreateAsyncScope();
        var notifiers = await scope.ServiceProvider.GetRequiredService<DueDeliveries>().NotifiersAsync(MostCounted, cancellationToken);
        foreach (var (notifierId, due) in notifiers)
        {
            var wanted = RunsFor(notifierId, due);
            for (var number = 0; number < wanted && MayBegin(notifierId); number++)
            {
                if (TryBegin((notifierId, number)))
                {
                    _runs[(notifierId, number)] = RunAsync((notifierId, number), cancellationToken);
                }
            }
        }
    }

    private int RunsFor(long notifierId, int due)
    {
        lock (_lock)
        {
            var hanging = _running.Count(run => run.Key.NotifierId == notifierId && _clock.GetElapsedTime(run.Value) >= LongRun);
            var runs = options.Value.DigestAbove is var above and > 0 && due > above
                ? Math.Max(2, (due + DigestRule.Most - 1) / DigestRule.Most) // a run that is there may be busy with the first alert of an outage
                : (due + EnoughForARun - 1) / EnoughForARun;
            return Math.Min(MostRuns, hanging + runs);
        }
    }

    private bool MayBegin(long notifierId)
    {
        lock (_lock)
        {
            return !_rests.TryGetValue(notifierId, out var rest) || _clock.GetElapsedTime(rest.Since) >= rest.Length;
        }
    }

    private bool TryBegin((long NotifierId, int Number) run)
    {
        lock (_lock)
        {
            if (_running.TryAdd(run, _clock.GetTimestamp()))
            {
                return true;
            }

            // That run may have made its last query already.
            _wantedAgain.Add(run.NotifierId);
            return false;
        }
    }

    private void End((long NotifierId, int Number) run, TimeSpan rest)
    {
        bool again;
        lock (_lock)
        {
            _running.Remove(run);
            again = _wantedAgain.Remove(run.NotifierId);
            if (rest > TimeSpan.Zero)
            {
                _rests[run.NotifierId] = (_clock.GetTimestamp(), rest);
            }
        }

        if (again)
        {
            Wake();
        }
    }

    private async Task RunAsync((long NotifierId, int Number) run, CancellationToken stopping)
    {
        var rest = TimeSpan.Zero;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            rest = await scope.ServiceProvider.GetRequiredService<NotifierRun>().RunAsync(run.NotifierId, stopping);
        }
        catch (Exception e)
        {
            // Nobody awaits this task. A delivery that it has claimed is free again when the lease ends.
            LogRunFailed(_logger, run.NotifierId, e);
        }
        finally
        {
            End(run, rest);
        }
    }

    // Where there is only one process, the claims at its start are those of a process that was killed.
    private async Task ForgetClaimsAsync(CancellationToken cancellationToken)
    {
        var forgotten = await writer.RunAsync((DueDeliveries due) => due.ForgetAllAsync(cancellationToken));
        if (forgotten > 0)
        {
            LogForgotten(_logger, forgotten);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} deliveries were being sent when the previous process ended; they are sent again.")]
    private static partial void LogForgotten(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to notifier {NotifierId} failed; it is tried again.")]
    private static partial void LogRunFailed(ILogger logger, long notifierId, Exception exception);
}
