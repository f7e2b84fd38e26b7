using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Deletes old status changes and notices. Those that the Notifier has not stored are kept, however old.</summary>
internal sealed class StatusChangeKeeper(
    IServiceScopeFactory scopes,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<StatusChangeKeeper> logger) : WorkLoop(busGate, clock, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // there may be many

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
