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
    /// <returns>What the notifier is to be told next, claimed in the same transaction.</returns>
    public async Task<Claim?> SentAsync(Claim claim, string? remark, bool claimNext)
    {
        // This is not cancelled: a message that was sent and not marked is sent again.
        var next = await writer.RunAsync((DeliveryMarks marks) => marks.SentAsync(claim, remark, claimNext, CancellationToken.None));
        foreach (var delivery in claim.Deliveries)
        {
            metrics.Sent(clock.GetUtcNow() - delivery.Announcement.ChangedAt);
        }

        var (first, notifier) = (claim.First, claim.Notifier);
        var address = notifier.Address.Length > 0 ? notifier.Address : notifier.Type;
        if (claim.DigestId is { } digestId)
        {
            LogDigestDelivered(digestId, claim.Deliveries.Count, notifier.Name, address, remark ?? "accepted");
        }
        else
        {
            LogDelivered(first.TargetId, first.Announcement.TargetName, first.Announcement.ToStatus, notifier.Name, address, remark ?? "accepted");
        }

        return next;
    }

    /// <summary>Records that the message was accepted, where that could not be stored so far.</summary>
    public Task InsistOnSentAsync(Claim claim, string? remark, CancellationToken cancellationToken)
        => InsistAsync(claim, () => SentAsync(claim, remark, claimNext: false), cancellationToken);

    /// <summary>Records that the attempt failed, or could not be made.</summary>
    public Task FailedAsync(Claim claim, SendOutcome outcome, CancellationToken cancellationToken) => outcome.Result switch
    {
        SendResult.Lost => LoseAsync(claim),

        // What is refused may be the digest as such, or one of its changes. Alone, each has the fate that it deserves.
        SendResult.Refused or SendResult.Unreadable when claim.DigestId is not null => InsistAsync(claim, () => TakeApartAsync(claim, outcome), cancellationToken),
        SendResult.Unusable or SendResult.Unreadable when !IsOver(claim) => InsistAsync(claim, () => SetAsideAsync(claim, outcome), cancellationToken),
        _ => InsistAsync(claim, () => MarkFailedAsync(claim, outcome), cancellationToken),
    };

    private bool IsOver(Claim claim) => time.Now - claim.CreatedAt >= options.Value.GiveUpAfter;

    private async Task InsistAsync(Claim claim, Func<Task> mark, CancellationToken cancellationToken)
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
                    LogMarkFailed(claim.Name, e.GetBaseException().Message);
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

    private Task LoseAsync(Claim claim)
    {
        LogLost(WhatOf(claim), claim.Notifier.Name);
        return Task.CompletedTask;
    }

    private async Task TakeApartAsync(Claim claim, SendOutcome outcome)
    {
        var (reason, wasTried) = (outcome.Reason ?? "", outcome.Result is SendResult.Refused);
        await writer.RunAsync((DeliveryMarks marks) => marks.TakenApartAsync(claim, reason, wasTried, CancellationToken.None));
        if (wasTried)
        {
            Count(claim, metrics.Retried);
        }

        LogTakenApart(WhatOf(claim), claim.Notifier.Name, reason);
    }

    private async Task SetAsideAsync(Claim claim, SendOutcome outcome)
    {
        var reason = DeliveryMarks.Clip(outcome.Reason);
        await writer.RunAsync((DeliveryMarks marks) => marks.SetAsideAsync(claim, reason, outcome.Result is SendResult.Unusable, CancellationToken.None));
        if (reason != claim.First.LastError)
        {
            LogSetAside(WhatOf(claim), claim.Notifier.Name, reason);
        }
    }

    private async Task MarkFailedAsync(Claim claim, SendOutcome outcome)
    {
        var (attempt, reason) = (claim.Attempts + 1, outcome.Reason ?? "");
        var next = outcome.Result is SendResult.Retry
            ? RetrySchedule.Next(attempt, claim.CreatedAt, options.Value.GiveUpAfter, time.Now, outcome.After)
            : null;
        var remaining = outcome.Remaining is { } some ? string.Join(Delivery.AddressSeparator, some) : claim.First.RemainingAddresses;
        await writer.RunAsync((DeliveryMarks marks) => marks.FailedAsync(claim, reason, next, remaining, CancellationToken.None));
        if (next is { } at)
        {
            Count(claim, metrics.Retried);
            LogRetried(WhatOf(claim), claim.Notifier.Name, attempt, at.UtcDateTime, reason);
        }
        else
        {
            Count(claim, metrics.Failed);
            LogGivenUp(WhatOf(claim), claim.Notifier.Name, attempt, reason);
        }
    }

    private static void Count(Claim claim, Action count)
    {
        foreach (var _ in claim.Deliveries)
        {
            count();
        }
    }

    private static string WhatOf(Claim claim) => claim.DigestId is { } digestId
        ? $"Digest {digestId} of {claim.Deliveries.Count} changes"
        : $"[{claim.First.TargetId}] {claim.First.Announcement.TargetName}";

    [LoggerMessage(Level = LogLevel.Information, Message = "[{TargetId}] {TargetName}: {Status} told to {Notifier} ({Address}): {Remark}.")]
    private partial void LogDelivered(long targetId, string targetName, string status, string notifier, string address, string remark);

    [LoggerMessage(Level = LogLevel.Information, Message = "Digest {DigestId} of {Count} changes told to {Notifier} ({Address}): {Remark}.")]
    private partial void LogDigestDelivered(Guid digestId, int count, string notifier, string address, string remark);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: not told as such, so that {Notifier} is told of each change alone: {Reason}")]
    private partial void LogTakenApart(string what, string notifier, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: {Notifier} not told at attempt {Attempt}, next at {Next:u}: {Reason}")]
    private partial void LogRetried(string what, string notifier, int attempt, DateTime next, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}: {Notifier} not told, given up after attempt {Attempt}: {Reason}")]
    private partial void LogGivenUp(string what, string notifier, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}: {Notifier} not told until this is mended: {Reason}")]
    private partial void LogSetAside(string what, string notifier, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: {Notifier} is left to another sender, which has taken the delivery while this process stood still.")]
    private partial void LogLost(string what, string notifier);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}: the store could not record the outcome; this is tried again: {Reason}")]
    private partial void LogMarkFailed(string message, string reason);
}
