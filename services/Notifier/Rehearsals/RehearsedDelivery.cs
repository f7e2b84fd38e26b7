using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Rehearsals;

/// <summary>
/// Does with the store what a delivery needs. The change is stored in a transaction that is rolled back at once. The other statements find no
/// rows, since no delivery and no notifier has the id that they ask for: so nothing waits for the locks of a rehearsal, which takes long.
/// </summary>
internal sealed class RehearsedDelivery(NotifierDb db, Announcements announcements, DueDeliveries due, DeliveryMarks marks)
{
    /// <summary>Stores the change, then claims deliveries and marks them as sent: one alone, and those of a digest.</summary>
    /// <param name="alone">A delivery that travels alone.</param>
    /// <param name="digest">The deliveries of a digest.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task RunAsync(Claim alone, Claim digest, TargetStatusChanged change, CancellationToken cancellationToken)
    {
        await db.RollBackAsync(() => announcements.StoreAsync([change], cancellationToken), cancellationToken);
        await db.FailingAsync([new ToldTarget(alone.Notifier.Id, change.TargetId)], cancellationToken);
        await due.NotifiersAsync(most: 1, cancellationToken);
        await due.ClaimNextAsync(alone.Notifier.Id, cancellationToken);
        await FindDigestAsync(digest, change.At, cancellationToken);
        foreach (var claim in new[] { alone, digest })
        {
            await db.ClaimAsync(claim.Ids, claim.First.MessageId!.Value, "rehearsal", change.At, cancellationToken);
            await marks.SentAsync(claim, remark: null, claimNext: true, cancellationToken);
        }
    }

    // A claim that finds nothing does not look for a digest.
    private async Task FindDigestAsync(Claim digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notifierId = digest.Notifier.Id;
        await db.CountFreshAsync(notifierId, now, most: 1, cancellationToken);
        await db.LockFreshAsync(notifierId, now, cancellationToken);
        await db.LockDigestAsync(notifierId, digest.First.MessageId!.Value, now, cancellationToken);
    }
}
