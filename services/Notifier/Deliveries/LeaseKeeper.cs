using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Gives the sign of life of this Notifier: renews its claims, and reads the clock by which they end. While the store is out of reach, this
/// is tried at the same interval.
/// </summary>
internal sealed partial class LeaseKeeper(
    StoreWriter<NotifierDb> writer,
    HeldClaims held,
    DeliveryRepair repair,
    BusGate busGate,
    TimeProvider clock,
    ILogger<LeaseKeeper> logger) : WorkLoop(busGate, clock, logger)
{
    // An answer that does not come must not keep the next sign of life waiting.
    private static readonly TimeSpan Patience = Lease.Grace;

    private readonly TimeProvider _clock = clock;
    private bool _isAway;

    protected override TimeSpan Interval => Lease.RenewEvery;

    /// <summary>Renews the claims once.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (ids, since) = (held.Ids, _clock.GetTimestamp());
        var (jump, renewed) = await writer.RunAsync((DueDeliveries due) => due.RenewAsync(ids, cancellationToken));
        if (renewed == ids.Count)
        {
            held.Renew(ids, since); // else a claim is lost, or was just marked: a run that is about to send asks for its own claim
        }

        if (jump != TimeSpan.Zero)
        {
            await repair.PutRightAfterJumpAsync(cancellationToken);
        }
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await RenewAsync(either.Token);
            _isAway = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (patience.IsCancellationRequested || DatabaseFault.Is(e)))
        {
            await writer.RunAsync((NotifierDb db) => db.DropConnectionsAsync());
            if (!_isAway)
            {
                LogAway(logger, held.Ids.Count, Lease.RenewEvery.TotalSeconds, e.GetBaseException().Message);
            }

            _isAway = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claims on {Count} deliveries cannot be renewed; it is tried again every {Seconds} s: {Reason}")]
    private static partial void LogAway(ILogger logger, int count, double seconds, string reason);
}
