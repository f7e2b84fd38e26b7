using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Folding;

/// <summary>Rehearses the Scheduler's part of an alert: the fold that makes a status change, and its announcement.</summary>
internal sealed class AlertRehearsal(
    StoreWriter<SchedulerDb> writer,
    StatusChangePublisher publisher,
    [FromKeyedServices(SchedulerDb.Name)] StartupGate store,
    BusGate busGate,
    TimeProvider clock,
    ILogger<AlertRehearsal> logger) : Rehearsal("a status change", store, busGate, clock, logger)
{
    private IReadOnlyList<StatusChange> _changes = [];

    protected override async Task RehearseWorkAsync(CancellationToken cancellationToken)
        => _changes = await writer.RunAsync((RehearsedFold fold) => fold.RunAsync(cancellationToken), cancellationToken);

    protected override Task RehearseMessagesAsync(CancellationToken cancellationToken) => publisher.RehearseAsync(_changes, cancellationToken);
}
