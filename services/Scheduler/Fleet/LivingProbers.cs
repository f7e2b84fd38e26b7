using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>Which Probers are alive and which of them are cut off, by their signs of life. Looked up with claimed jobs and when a target fails, and kept for two seconds: little is asked by it.</summary>
internal sealed class LivingProbers(TimeProvider clock)
{
    /// <summary>For how long a Prober counts as alive after its last sign. One comes every five seconds.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private View? _view;

    /// <summary>How the Probers are, as last looked up; null: none is cut off.</summary>
    public ProberFleet? Fleet => Volatile.Read(ref _view)?.Fleet;

    /// <summary>Whether what is known is fresh.</summary>
    public bool IsFresh => Volatile.Read(ref _view) is { } view && clock.GetElapsedTime(view.ReadAt) <= Fresh;

    /// <summary>Something has changed: what is known is looked up again.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _view) is { } view)
        {
            Volatile.Write(ref _view, view with { ReadAt = long.MinValue / 2 });
        }
    }

    /// <summary>Whether another Prober than this one is alive.</summary>
    public async ValueTask<bool> AnotherThanAsync(SchedulerDb db, string prober, CancellationToken cancellationToken)
        => (await RefreshAsync(db, cancellationToken)).Names.Exists(name => name != prober);

    /// <summary>Looks up what is not fresh.</summary>
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

    /// <summary>What was looked up.</summary>
    internal sealed record View(long ReadAt, List<string> Names, ProberFleet? Fleet);
}
