using System.Numerics;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Records how attempts ended: in the store, the metrics and the log. While the store is out of reach, the record is tried again for as
/// long as the process runs, since a message that was accepted and not marked would be sent again. The claim is renewed meanwhile.
/// </summary>
internal sealed partial class AttemptRecord(
    StoreWriter<NotifierDb> writer,
    NotifierMetrics metrics,
    StoreClock time,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<AttemptRecord> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What fails so often although the store answers is a fault of ours, which waiting does not remove.
    private const int MostFaultsOfOurs = 5;

    /// <summary>
    /// Records that the message was accepted. This is tried once; after an exception it is not known whether it was stored.
    /// </summary>
    /// <returns>The notifier's next delivery, claimed in the same transaction.</returns>
    public async Task<Delivery?> SentAsync(Delivery delivery, string? remark, bool claimNext)
    {
        // This is not cancelled: a message that was sent and not marked is sent again.
        var next = await writer.RunAsync((DeliveryMarks marks) => marks.SentAsync(delivery, remark, claimNext, CancellationToken.None));
        metrics.Sent(clock.GetUtcNow() - delivery.Announcement.ChangedAt);
        LogDelivered(
            delivery.TargetId,
            delivery.Announcement.TargetName,
            delivery.Announcement.ToStatus,
            delivery.Notifier.Name,
            delivery.Notifier.Address is { Length: > 0 } address ? address : delivery.Notifier.Type,
            remark ?? "accepted");
        return next;
    }

    /// <summary>Records that the message was accepted, where that could not be stored so far.</summary>
    public Task InsistOnSentAsync(Delivery delivery, string? remark, CancellationToken cancellationToken)
        => InsistAsync(delivery, () => SentAsync(delivery, remark, claimNext: false), cancellationToken);

    /// <summary>Records that the attempt failed, or could not be made.</summary>
    public Task FailedAsync(Delivery delivery, SendOutcome outcome, CancellationToken cancellationToken) => outcome.Result switch
    {
        SendResult.Lost => LoseAsync(delivery),
        SendResult.Unusable or SendResult.Unreadable when !IsOver(delivery) => InsistAsync(delivery, () => SetAsideAsync(delivery, outcome), cancellationToken),
        _ => InsistAsync(delivery, () => MarkFailedAsync(delivery, outcome), cancellationToken),
    };

    private bool IsOver(Delivery delivery) => time.Now - delivery.CreatedAt >= options.Value.GiveUpAfter;

    private async Task InsistAsync(Delivery delivery, Func<Task> mark, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await mark();
                return;
            }
            catch (Exception e) when (DatabaseFault.Is(e) || tries < MostFaultsOfOurs)
            {
                if (BitOperations.IsPow2(tries)) // an outage of an hour must not write a thousand lines
                {
                    LogMarkFailed(delivery.Id, e.GetBaseException().Message);
                }
            }

            // The other connections of the pool may be dead, too. So a fresh connection is tried before the first pause.
            await writer.RunAsync((NotifierDb db) => db.DropConnectionsAsync());
            if (tries > 1)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private Task LoseAsync(Delivery delivery)
    {
        LogLost(delivery.TargetId, delivery.Announcement.TargetName, delivery.Notifier.Name);
        return Task.CompletedTask;
    }

    private async Task SetAsideAsync(Delivery delivery, SendOutcome outcome)
    {
        var reason = DeliveryMarks.Clip(outcome.Reason);
        await writer.RunAsync((DeliveryMarks marks) => marks.SetAsideAsync(delivery, reason, outcome.Result is SendResult.Unusable, CancellationToken.None));
        if (reason != delivery.LastError)
        {
            LogSetAside(delivery.TargetId, delivery.Announcement.TargetName, delivery.Notifier.Name, reason);
        }
    }

    private async Task MarkFailedAsync(Delivery delivery, SendOutcome outcome)
    {
        var (target, notifier) = (delivery.Announcement.TargetName, delivery.Notifier.Name);
        var reason = outcome.Reason ?? "";
        var next = outcome.Result is SendResult.Retry
            ? RetrySchedule.Next(delivery.Attempts + 1, delivery.CreatedAt, options.Value.GiveUpAfter, time.Now, outcome.After)
            : null;
        var remaining = outcome.Remaining is { } some ? string.Join(Delivery.AddressSeparator, some) : delivery.RemainingAddresses;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "[{TargetId}] {TargetName}: {Notifier} not told until this is mended: {Reason}")]
    private partial void LogSetAside(long targetId, string targetName, string notifier, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "[{TargetId}] {TargetName}: {Notifier} is left to another sender, which has taken the delivery while this process stood still.")]
    private partial void LogLost(long targetId, string targetName, string notifier);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not record the outcome of delivery {DeliveryId}; this is tried again: {Reason}")]
    private partial void LogMarkFailed(long deliveryId, string reason);
}
