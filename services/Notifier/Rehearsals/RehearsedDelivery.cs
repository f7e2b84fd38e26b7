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
    /// <summary>Stores the change, claims the delivery and marks it as sent.</summary>
    public async Task RunAsync(Delivery delivery, TargetStatusChanged change, CancellationToken cancellationToken)
    {
        await db.RollBackAsync(() => announcements.StoreAsync([change], cancellationToken), cancellationToken);
        await due.NotifiersAsync(cancellationToken);
        await due.ClaimNextAsync(delivery.NotifierId, cancellationToken);
        await db.ClaimAsync(delivery.Id, "rehearsal", delivery.CreatedAt, cancellationToken);
        await marks.SentAsync(delivery, remark: null, claimNext: true, cancellationToken);
    }
}
