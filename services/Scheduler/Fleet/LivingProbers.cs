using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>Which Probers are alive, by their signs of life. Looked up only when it is asked for, and then kept for some seconds: a fold costs no query by it.</summary>
internal sealed class LivingProbers(TimeProvider clock)
{
    // A sign of life comes every five seconds.
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private View? _view;

    /// <summary>Whether another Prober than this one is alive.</summary>
    public async ValueTask<bool> AnotherThanAsync(SchedulerDb db, string prober, CancellationToken cancellationToken)
    {
        var view = Volatile.Read(ref _view);
        if (view is null || clock.GetElapsedTime(view.ReadAt) > Fresh)
        {
            var since = clock.GetUtcNow() - Alive;
            var names = await db.Probers.Where(p => p.LastSeenAt > since).Select(p => p.Name).ToListAsync(cancellationToken);
            view = new View(clock.GetTimestamp(), names);
            Volatile.Write(ref _view, view);
        }

        return view.Names.Exists(name => name != prober);
    }

    private sealed record View(long ReadAt, List<string> Names);
}
