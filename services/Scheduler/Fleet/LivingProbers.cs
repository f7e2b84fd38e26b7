using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>
/// Which Probers are alive and which of them are cut off, by their signs of life. This is queried after a claim of jobs and when a target
/// fails, and the answer is cached for two seconds, so the queries are few.
/// </summary>
internal sealed class LivingProbers(TimeProvider clock)
{
    /// <summary>For how long a Prober counts as alive after its last sign of life. It gives one every five seconds.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private View? _view;

    /// <summary>
    /// How many Probers are alive and which are cut off, by the last query; null: no Prober is cut off, or none was queried yet.
    /// </summary>
    public ProberFleet? Fleet => Volatile.Read(ref _view)?.Fleet;

    /// <summary>Whether the cached answer is at most two seconds old.</summary>
    public bool IsFresh => Volatile.Read(ref _view) is { } view && clock.GetElapsedTime(view.ReadAt) <= Fresh;

    /// <summary>
    /// Makes the cached answer stale, so that the next use queries again. <see cref="Fleet"/> keeps its value until then.
    /// </summary>
    public void Invalidate()
    {
        if (Volatile.Read(ref _view) is { } view)
        {
            Volatile.Write(ref _view, view with { ReadAt = long.MinValue / 2 });
        }
    }

    /// <summary>Whether a Prober with another name is alive.</summary>
    public async ValueTask<bool> AnotherThanAsync(SchedulerDb db, string prober, CancellationToken cancellationToken)
        => (await RefreshAsync(db, cancellationToken)).Names.Exists(name => name != prober);

    /// <summary>Queries the Probers unless the cached answer is fresh.</summary>
    public async ValueTask<View> RefreshAsync(SchedulerDb db, CancellationToken cancellationToken)
    {
        var view = Volatile.Read(ref _view);
        if (view is null || !IsFresh)
        {
            var since = clock.GetUtcNow() - Alive;
            var probers = await db.Probers.Where(p => p.LastSeenAt > since).Select(p => new { p.Name, p.CutOffSince }).ToListAsync(cancellationToken);
            var cutOff = probers.Where(p => p.CutOffSince is not null).Select(p => p.Name).ToList();
            view = new View(clock.GetTimestamp(), probers.ConvertAll(p => p.Name), cutOff.Count == 0 ? null : new ProberFleet(probers.Count, cutOff));
            Volatile.Write(ref _view, view);
        }

        return view;
    }

    /// <summary>The answer of one query.</summary>
    /// <param name="ReadAt">When it was queried, as a timestamp of the clock.</param>
    /// <param name="Names">The Probers that are alive.</param>
    /// <param name="Fleet">How many are alive and which are cut off; null: none is cut off.</param>
    internal sealed record View(long ReadAt, List<string> Names, ProberFleet? Fleet);
}
