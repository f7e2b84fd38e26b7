using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Rehearsals;

/// <summary>A change of a target that does not exist, and deliveries of such changes to a notifier that does not exist. Pure.</summary>
internal static class RehearsedChange
{
    private const long NoId = 0; // ids begin at 1

    public static TargetStatusChanged At(DateTimeOffset now)
    {
        var took = TimeSpan.FromMilliseconds(1);
        return new TargetStatusChanged
        {
            ChangeId = Guid.CreateVersion7(now),
            TargetId = NoId,
            Name = "rehearsal",
            Url = "http://127.0.0.1/",
            Method = "GET",
            Authn = AuthnParameters.None,
            PassResult = "200",
            Frequency = TimeSpan.FromSeconds(60),
            Timeout = TimeSpan.FromSeconds(10),
            From = "PASS",
            To = "FAIL",
            At = now,
            Since = now - TimeSpan.FromDays(1),
            Reason = ProbeReasons.StatusMismatch,
            Description = "target status:503 != 200",
            Advice = "Nothing is to be done.",
            Counters = new TargetCounters(1, 1, 1, 0, 0, 1, 0, 1),
            Trace = [new ProbeStep("connect", now, took, "Connection", StepOutcome.Ok), new ProbeStep("response", now, took, "Response", StepOutcome.Fail, "503")],
        };
    }

    /// <summary>What one message carries: a change alone, or the changes of a digest.</summary>
    /// <param name="notifier">The notifier, without an id.</param>
    /// <param name="changes">How many changes.</param>
    /// <param name="now">The time now.</param>
    public static Claim Claimed(StoredNotifier notifier, int changes, DateTimeOffset now)
    {
        var deliveries = Enumerable.Range(0, changes).Select(_ => To(notifier, At(now))).ToList();
        var messageId = changes == 1 ? deliveries[0].ChangeId : DigestRule.IdOf(NoId, deliveries.Select(delivery => delivery.ChangeId));
        deliveries.ForEach(delivery => delivery.MessageId = messageId);
        return new Claim(deliveries, notifier);
    }

    private static Delivery To(StoredNotifier notifier, TargetStatusChanged change) => new()
    {
        ChangeId = change.ChangeId,
        NotifierId = NoId,
        TargetId = NoId,
        NextAttemptAt = change.At,
        CreatedAt = change.At,
        Announcement = Announcement.Of(change, change.At),
        Notifier = notifier,
    };
}
