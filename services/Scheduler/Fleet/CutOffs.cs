using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>
/// Records since when Probers are cut off. Of all Schedulers, only one succeeds in writing the begin or the end of a cut-off, and it adds
/// the notice in the same transaction. So notifiers get one notice for each begin and each end.
/// </summary>
internal static class CutOffs
{
    /// <summary>After this time without a sign of life, a Prober that was cut off counts as gone.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Records what a sign of life says of the Prober's network. A sign of life that arrives after a newer one of the same Prober is
    /// ignored.
    /// </summary>
    /// <returns>Whether a cut-off has begun or ended.</returns>
    public static async Task<bool> KeepCutOffAsync(this SchedulerDb db, ProberSeen seen, CancellationToken cancellationToken)
    {
        var probers = await db.Probers.AsNoTracking().ToListAsync(cancellationToken);
        var silent = probers.Where(p => p.CutOffSince is not null && p.Name != seen.Name && p.LastSeenAt < seen.SeenAt - Gone).ToList();
        var isChanged = probers.Exists(p => p.Name == seen.Name && p.LastSeenAt <= seen.SeenAt && p.CutOffSince is null != seen.CutOffSince is null);
        if (silent.Count == 0 && !isChanged)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var kept = 0;
        foreach (var gone in silent)
        {
            kept += await db.EndAsync(gone.Name, CutOffWords.Gone(gone.Name), seen.SeenAt, cancellationToken);
        }

        if (isChanged)
        {
            kept += seen.CutOffSince is { } since
                ? await db.BeginAsync(seen, since, probers, cancellationToken)
                : await db.EndAsync(seen.Name, CutOffWords.Back(seen.Name, seen.SeenAt - probers.Find(p => p.Name == seen.Name)!.CutOffSince!.Value), seen.SeenAt, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return kept > 0;
    }

    private static async Task<int> BeginAsync(this SchedulerDb db, ProberSeen seen, DateTimeOffset since, List<ProberRow> probers, CancellationToken cancellationToken)
    {
        var begun = await db.Probers.Where(p => p.Name == seen.Name && p.CutOffSince == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.CutOffSince, since), cancellationToken);
        if (begun > 0)
        {
            var others = probers.Where(p => p.Name != seen.Name && p.LastSeenAt > seen.SeenAt - LivingProbers.Alive).ToList();
            var well = others.Count(p => p.CutOffSince is null);
            var words = well > 0
                ? CutOffWords.Begun(seen.Name, since, well)
                : CutOffWords.AllFail(
                    others.Count == 0 ? seen.Name : null,
                    others.Count + 1,
                    since,
                    seen.Withholds ?? TimeSpan.Zero,
                    await db.Targets.CountAsync(t => t.Enabled && t.Status != TargetStatus.Fail, cancellationToken),
                    await db.Targets.AnyAsync(t => t.Enabled && t.Status == TargetStatus.Fail, cancellationToken));
            db.Raise(null, words.Kind, words.Subject, words.Text, since);
        }

        return begun;
    }

    private static async Task<int> EndAsync(this SchedulerDb db, string prober, NoticeWords words, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ended = await db.Probers.Where(p => p.Name == prober && p.CutOffSince != null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.CutOffSince, (DateTimeOffset?)null), cancellationToken);
        if (ended > 0)
        {
            db.Raise(null, words.Kind, words.Subject, words.Text, at);
        }

        return ended;
    }
}
