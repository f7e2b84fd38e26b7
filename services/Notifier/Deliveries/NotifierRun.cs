using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MimeKit;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Mail;
using Skypunch.Notifier.Notifiers;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends what is due to one notifier, one message after the other over one connection: claim, send, mark and claim the next. Claimed one by one, as a mail takes far
/// longer than a claim, and so nothing is held that is not being sent.
/// </summary>
internal sealed partial class NotifierRun(
    StoreWriter<NotifierDb> writer,
    SealedParameters parameters,
    NotifierMetrics metrics,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotifierRun> logger)
{
    // No address may hold it; a comma may stand in quotes.
    private const char AddressSeparator = ' ';

    private static readonly TimeSpan MarkPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends until nothing is due, the server fails or the process stops.</summary>
    /// <returns>Whether the server as such failed, so that it should be left alone for a while.</returns>
    public async Task<bool> RunAsync(long notifierId, CancellationToken stopping)
    {
        using var mailer = new SmtpMailer(options.Value.SendTimeout, clock);
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var atStop = stopping.Register(() => ending.CancelAfter(options.Value.StopTimeout));
        var next = await ClaimNextAsync(notifierId, stopping, ending.Token);
        while (next is { } delivery)
        {
            if (stopping.IsCancellationRequested || await TrySendAsync(mailer, delivery, ending.Token) is not { } outcome)
            {
                // Also while stopping: the delivery is not to wait for the end of its lease.
                await writer.RunAsync((DueDeliveries due) => due.GiveBackAsync(delivery, CancellationToken.None));
                return false;
            }

            if (outcome.Result is SendResult.Delivered)
            {
                next = await MarkAndClaimNextAsync(delivery, outcome.Reason, stopping, ending.Token);
                continue;
            }

            await InsistAsync(delivery, () => MarkFailedAsync(delivery, outcome));
            if (outcome.ServerFault)
            {
                return true;
            }

            next = await ClaimNextAsync(notifierId, stopping, ending.Token);
        }

        await mailer.CloseAsync(ending.Token);
        return false;
    }

    private async Task<Delivery?> ClaimNextAsync(long notifierId, CancellationToken stopping, CancellationToken ending) => stopping.IsCancellationRequested
        ? null
        : await writer.RunAsync((DueDeliveries due) => due.ClaimNextAsync(notifierId, options.Value.Lease, ending));

    private async Task<Delivery?> MarkAndClaimNextAsync(Delivery delivery, string? remark, CancellationToken stopping, CancellationToken ending)
    {
        try
        {
            return await MarkSentAsync(delivery, remark, stopping.IsCancellationRequested ? null : options.Value.Lease);
        }
        catch (Exception e)
        {
            // Whatever keeps the next one from being claimed must not undo the mark of this one, which is sent.
            LogMarkFailed(delivery.Id, e.GetBaseException().Message);
            await InsistAsync(delivery, () => MarkSentAsync(delivery, remark, nextLease: null));
            return await ClaimNextAsync(delivery.NotifierId, stopping, ending);
        }
    }

    /// <summary>Sends; null where it was broken off, so that nobody knows how it ended.</summary>
    private async Task<SendOutcome?> TrySendAsync(SmtpMailer mailer, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(mailer, delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (CryptographicException)
        {
            return new SendOutcome(SendResult.Retry, "the notifier's params cannot be opened: they were sealed with another key");
        }
        catch (JsonException)
        {
            return new SendOutcome(SendResult.Refused, "the stored change cannot be read");
        }
        catch (Exception e) when (!NotifierSql.IsDatabaseFault(e))
        {
            // A fault of ours must not keep the next message from going out.
            LogUnexpected(delivery.Id, e);
            return new SendOutcome(SendResult.Retry, $"Skypunch failed ({e.GetType().Name}); see the Notifier's log");
        }
    }

    private async Task<SendOutcome> SendAsync(SmtpMailer mailer, Delivery delivery, CancellationToken cancellationToken)
    {
        var text = await parameters.OpenAsync(delivery.Notifier, cancellationToken);
        if (!MailRoute.TryPlan(delivery.Notifier, text, out var route, out var fault))
        {
            return new SendOutcome(SendResult.Refused, fault);
        }

        var messageId = StatusMail.MessageId(delivery.Id, delivery.ChangeId);
        var envelope = route.Envelope(Environment.MachineName, messageId, clock.GetUtcNow());
        var change = delivery.Announcement.Change();
        using var step = SkypunchTelemetry.Continue("deliver", change.TraceParent, ActivityKind.Client);
        using var message = StatusMail.Compose(change, envelope);
        var recipients = Recipients(route.To, delivery.RemainingAddresses);
        return recipients.Count == 0
            ? SendOutcome.Delivered
            : await mailer.SendAsync(route.Settings, message, recipients, cancellationToken);
    }

    // The address may have been changed since the others have accepted the message.
    private static List<MailboxAddress> Recipients(IReadOnlyList<MailboxAddress> to, string? remaining)
        => remaining is null ? [.. to] : [.. to.IntersectBy(remaining.Split(AddressSeparator), mailbox => mailbox.Address)];

    /// <summary>Writes down how it ended. While the database is away it is asked again until the claim ends: after that, another may send the message.</summary>
    private async Task InsistAsync(Delivery delivery, Func<Task> mark)
    {
        while (true)
        {
            try
            {
                await mark();
                return;
            }
            catch (Exception e) when (NotifierSql.IsDatabaseFault(e) && clock.GetUtcNow() + MarkPause < delivery.ClaimedUntil)
            {
                LogMarkFailed(delivery.Id, e.GetBaseException().Message);
                await Task.Delay(MarkPause, clock, CancellationToken.None);
            }
        }
    }

    // Not to be broken off: a message that was sent and not marked is sent again.
    private async Task<Delivery?> MarkSentAsync(Delivery delivery, string? remark, TimeSpan? nextLease)
    {
        var next = await writer.RunAsync((DeliveryMarks marks) => marks.SentAsync(delivery, remark, nextLease, CancellationToken.None));
        metrics.Sent(clock.GetUtcNow() - delivery.Announcement.ChangedAt);
        LogDelivered(
            delivery.TargetId,
            delivery.Announcement.TargetName,
            delivery.Announcement.ToStatus,
            delivery.Notifier.Name,
            delivery.Notifier.Address,
            remark ?? "accepted");
        return next;
    }

    private async Task MarkFailedAsync(Delivery delivery, SendOutcome outcome)
    {
        var (target, notifier) = (delivery.Announcement.TargetName, delivery.Notifier.Name);
        var now = clock.GetUtcNow();
        var reason = outcome.Reason ?? "";
        var next = outcome.Result is SendResult.Retry
            ? RetrySchedule.Next(delivery.Attempts + 1, delivery.CreatedAt, options.Value.GiveUpAfter, now)
            : null;
        var remaining = outcome.Remaining is { } some ? string.Join(AddressSeparator, some.Select(mailbox => mailbox.Address)) : delivery.RemainingAddresses;
        await writer.RunAsync((DeliveryMarks marks) => marks.FailedAsync(delivery, reason, next, remaining, CancellationToken.None));
        if (next is { } at)
        {
            metrics.Retried();
            LogRetried(delivery.TargetId, target, notifier, delivery.Attempts + 1, at.UtcDateTime, reason);
        }
        else
        {
            metrics.Failed();
            LogGivenUp(delivery.TargetId, target, notifier, delivery.Attempts + 1, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "[{TargetId}] {TargetName}: {Status} told to {Notifier} ({Address}): {Remark}.")]
    private partial void LogDelivered(long targetId, string targetName, string status, string notifier, string address, string remark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "[{TargetId}] {TargetName}: {Notifier} not told at attempt {Attempt}, next at {Next:u}: {Reason}")]
    private partial void LogRetried(long targetId, string targetName, string notifier, int attempt, DateTime next, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "[{TargetId}] {TargetName}: {Notifier} not told, given up after attempt {Attempt}: {Reason}")]
    private partial void LogGivenUp(long targetId, string targetName, string notifier, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How delivery {DeliveryId} ended could not be written down; it is tried again: {Reason}")]
    private partial void LogMarkFailed(long deliveryId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} failed in an unexpected way.")]
    private partial void LogUnexpected(long deliveryId, Exception exception);
}
