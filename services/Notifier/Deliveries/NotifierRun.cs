using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends the due deliveries of one notifier, one after the other over one connection: claim, send, mark and claim the next. They are
/// claimed one by one, since a message takes far longer than a claim. So no delivery is held that is not being sent.
/// </summary>
internal sealed partial class NotifierRun(
    StoreWriter<NotifierDb> writer,
    ChannelTypes channels,
    SealedParameters parameters,
    AttemptRecord record,
    HeldClaims held,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotifierRun> logger)
{
    /// <summary>Sends until nothing is due, the other end fails or the process stops.</summary>
    /// <returns>For how long the notifier should be left alone.</returns>
    public async Task<TimeSpan> RunAsync(long notifierId, CancellationToken stopping)
    {
        using var session = new DeliverySession(channels, parameters, options.Value.SendTimeout, clock);
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var atStop = stopping.Register(() => ending.CancelAfter(options.Value.StopTimeout));
        var next = await ClaimNextAsync(notifierId, stopping, ending.Token);
        while (next is { } delivery)
        {
            if (stopping.IsCancellationRequested || await TrySendAsync(session, delivery, ending.Token) is not { } outcome)
            {
                // This is done at a stop, too, so that the delivery need not wait for the end of its lease.
                await GiveBackAsync(delivery);
                return TimeSpan.Zero;
            }

            if (outcome.Result is SendResult.Delivered)
            {
                next = await MarkAndClaimNextAsync(delivery, outcome.Reason, stopping, ending.Token);
                continue;
            }

            await MarkFailedAsync(delivery, outcome, ending.Token);
            if (outcome.ServerFault || outcome.Result is SendResult.Unusable)
            {
                return outcome.ServerFault ? RetrySchedule.RestFor(outcome.After) : DeliveryMarks.UntilMended;
            }

            next = await ClaimNextAsync(notifierId, stopping, ending.Token);
        }

        await session.CloseAsync(ending.Token);
        return TimeSpan.Zero;
    }

    private async Task<Delivery?> ClaimNextAsync(long notifierId, CancellationToken stopping, CancellationToken ending)
    {
        if (stopping.IsCancellationRequested)
        {
            return null;
        }

        var since = clock.GetTimestamp();
        return Hold(await writer.RunAsync((DueDeliveries due) => due.ClaimNextAsync(notifierId, ending)), since);
    }

    private async Task<Delivery?> MarkAndClaimNextAsync(Delivery delivery, string? remark, CancellationToken stopping, CancellationToken ending)
    {
        try
        {
            var since = clock.GetTimestamp();
            var next = Hold(await record.SentAsync(delivery, remark, claimNext: !stopping.IsCancellationRequested), since);
            held.Remove(delivery.Id);
            return next;
        }
        catch (Exception e)
        {
            // A fault while the next delivery is claimed must not undo the mark of this delivery, which is sent.
            LogMarkFailed(delivery.Id, e.GetBaseException().Message);
            await record.InsistOnSentAsync(delivery, remark, ending);
            held.Remove(delivery.Id);
            return await ClaimNextAsync(delivery.NotifierId, stopping, ending);
        }
    }

    private async Task MarkFailedAsync(Delivery delivery, SendOutcome outcome, CancellationToken ending)
    {
        try
        {
            await record.FailedAsync(delivery, outcome, ending);
        }
        finally
        {
            held.Remove(delivery.Id);
        }
    }

    /// <summary>Sends a delivery; null where that was broken off, so that the outcome is not known.</summary>
    private async Task<SendOutcome?> TrySendAsync(DeliverySession session, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await session.SendAsync(delivery, cancellation => IsStillMineAsync(delivery, cancellation), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (DatabaseFault.Is(e))
        {
            held.Remove(delivery.Id); // not begun: another sender may have the delivery when the claim ends
            throw;
        }
        catch (Exception e)
        {
            // A fault of ours must not keep the next message from going out.
            LogUnexpected(delivery.Id, e);
            return new SendOutcome(SendResult.Retry, $"Skypunch failed ({e.GetType().Name}); see the Notifier's log");
        }
    }

    /// <summary>
    /// Whether the delivery is still this sender's. The store is asked only after a pause in which another sender may have taken it.
    /// </summary>
    internal async Task<bool> IsStillMineAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (held.IsSureOf(delivery.Id))
        {
            return true;
        }

        var since = clock.GetTimestamp();
        var (_, renewed) = await writer.RunAsync((DueDeliveries due) => due.RenewAsync([delivery.Id], cancellationToken));
        if (renewed > 0)
        {
            held.Renew([delivery.Id], since);
        }

        return renewed > 0;
    }

    private Delivery? Hold(Delivery? claimed, long since)
    {
        if (claimed is not null)
        {
            held.Add(claimed.Id, since);
        }

        return claimed;
    }

    private async Task GiveBackAsync(Delivery delivery)
    {
        held.Remove(delivery.Id);
        await writer.RunAsync((DueDeliveries due) => due.GiveBackAsync(delivery, CancellationToken.None));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {DeliveryId} was accepted, but the store could not record it; this is tried again: {Reason}")]
    private partial void LogMarkFailed(long deliveryId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} failed in an unexpected way.")]
    private partial void LogUnexpected(long deliveryId, Exception exception);
}
