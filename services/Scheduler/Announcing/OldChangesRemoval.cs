using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Deletes old status changes and notices. A change or notice that the Notifier has not stored is kept, however old.</summary>
internal sealed class OldChangesRemoval(
    IServiceScopeFactory scopes,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<OldChangesRemoval> logger) : WorkLoop(busGate, clock, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // many rows may have to be deleted

    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var oldest = _clock.GetUtcNow() - options.Value.ChangeRetention;
        var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
        db.Database.SetCommandTimeout(Patience);
        await db.StatusChanges.Where(change => change.StoredAt < oldest).ExecuteDeleteAsync(cancellationToken);
        await db.Notices.Where(notice => notice.StoredAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
