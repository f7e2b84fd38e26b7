using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends the due deliveries of one notifier, one message after the other over one connection: claim, send, mark and claim the next. What
/// one message carries is claimed at once, and no more, since a message takes far longer than a claim. So no delivery is held that is not
/// being sent.
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
        while (next is { } claim)
        {
            if (stopping.IsCancellationRequested || await TrySendAsync(session, claim, ending.Token) is not { } outcome)
            {
                // This is done at a stop, too, so that the delivery need not wait for the end of its lease.
                await GiveBackAsync(claim);
                return TimeSpan.Zero;
            }

            if (outcome.Result is SendResult.Delivered)
            {
                next = await MarkAndClaimNextAsync(claim, outcome.Reason, stopping, ending.Token);
                continue;
            }

            await MarkFailedAsync(claim, outcome, ending.Token);
            if (outcome.ServerFault || outcome.Result is SendResult.Unusable)
            {
                return outcome.ServerFault ? RetrySchedule.RestFor(outcome.After) : DeliveryMarks.UntilMended;
            }

            next = await ClaimNextAsync(notifierId, stopping, ending.Token);
        }

        await session.CloseAsync(ending.Token);
        return TimeSpan.Zero;
    }

    private async Task<Claim?> ClaimNextAsync(long notifierId, CancellationToken stopping, CancellationToken ending)
    {
        if (stopping.IsCancellationRequested)
        {
            return null;
        }

        var since = clock.GetTimestamp();
        return Hold(await writer.RunAsync((DueDeliveries due) => due.ClaimNextAsync(notifierId, ending)), since);
    }

    private async Task<Claim?> MarkAndClaimNextAsync(Claim claim, string? remark, CancellationToken stopping, CancellationToken ending)
    {
        try
        {
            var since = clock.GetTimestamp();
            var next = Hold(await record.SentAsync(claim, remark, claimNext: !stopping.IsCancellationRequested), since);
            held.Remove(claim.Ids);
            return next;
        }
        catch (Exception e)
        {
            // A fault while the next message is claimed must not undo the mark of this one, which is sent.
            LogMarkFailed(claim.Name, e.GetBaseException().Message);
            await record.InsistOnSentAsync(claim, remark, ending);
            held.Remove(claim.Ids);
            return await ClaimNextAsync(claim.Notifier.Id, stopping, ending);
        }
    }

    private async Task MarkFailedAsync(Claim claim, SendOutcome outcome, CancellationToken ending)
    {
        try
        {
            await record.FailedAsync(claim, outcome, ending);
        }
        finally
        {
            held.Remove(claim.Ids);
        }
    }

    /// <summary>Sends a message; null where that was broken off, so that the outcome is not known.</summary>
    private async Task<SendOutcome?> TrySendAsync(DeliverySession session, Claim claim, CancellationToken cancellationToken)
    {
        try
        {
            return await session.SendAsync(claim, cancellation => IsStillMineAsync(claim, cancellation), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (DatabaseFault.Is(e))
        {
            held.Remove(claim.Ids); // not begun: another sender may have the delivery when the claim ends
            throw;
        }
        catch (Exception e)
        {
            // A fault of ours must not keep the next message from going out.
            LogUnexpected(claim.Name, e);
            return new SendOutcome(SendResult.Retry, $"Skypunch failed ({e.GetType().Name}); see the Notifier's log");
        }
    }

    /// <summary>
    /// Whether all deliveries are still this sender's. The store is asked only after a pause in which another sender may have taken them.
    /// </summary>
    internal async Task<bool> IsStillMineAsync(Claim claim, CancellationToken cancellationToken)
    {
        if (held.IsSureOf(claim.Ids))
        {
            return true;
        }

        var since = clock.GetTimestamp();
        var (_, renewed) = await writer.RunAsync((DueDeliveries due) => due.RenewAsync(claim.Ids, cancellationToken));
        if (renewed < claim.Ids.Count)
        {
            return false; // a digest that has lost one of its deliveries is claimed anew, without it
        }

        held.Renew(claim.Ids, since);
        return true;
    }

    private Claim? Hold(Claim? claimed, long since)
    {
        if (claimed is not null)
        {
            held.Add(claimed.Ids, since);
        }

        return claimed;
    }

    private async Task GiveBackAsync(Claim claim)
    {
        held.Remove(claim.Ids);
        await writer.RunAsync((DueDeliveries due) => due.GiveBackAsync(claim, CancellationToken.None));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message} was accepted, but the store could not record it; this is tried again: {Reason}")]
    private partial void LogMarkFailed(string message, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message} failed in an unexpected way.")]
    private partial void LogUnexpected(string message, Exception exception);
}
