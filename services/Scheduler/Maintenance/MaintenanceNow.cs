using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>Says of targets which maintenance window covers them now.</summary>
internal sealed class MaintenanceNow(SchedulerDb db, MaintenanceWindows windows, TimeProvider clock)
{
    /// <summary>Adds the windows to the states of targets.</summary>
    /// <param name="targets">The targets, with their labels, and as they are shown.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task AddAsync(IEnumerable<(Target Row, Admin.V1.Target Shown)> targets, CancellationToken cancellationToken)
    {
        var (set, now) = (await windows.GetAsync(db, cancellationToken), clock.GetUtcNow());
        foreach (var (row, shown) in targets)
        {
            if (set.Covering(TargetFacts.Of(row, row.GroupPath, row.Labels), now, now) is { Until: { } until } coverage)
            {
                shown.State.Maintenance = new TargetMaintenance
                {
                    WindowId = coverage.Window.Id,
                    WindowName = coverage.Window.Name,
                    EndTime = until.ToTimestamp(),
                };
            }
        }
    }
}
