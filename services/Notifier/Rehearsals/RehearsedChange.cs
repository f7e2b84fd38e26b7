using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Rehearsals;

/// <summary>A change of a target that does not exist, and its delivery to a notifier that does not exist. Pure.</summary>
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

    /// <summary>The delivery of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="notifier">The notifier, without an id.</param>
    public static Delivery To(StoredNotifier notifier, TargetStatusChanged change) => new()
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
