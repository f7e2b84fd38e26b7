namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Which status changes a watch has not seen yet. The database gives ids before it commits, so a change may appear after another one with a
/// higher id: ids that are missing are asked for again for some time. A rule without I/O, for one watch.
/// </summary>
/// <param name="last">The highest id that was seen before.</param>
internal sealed class WatchedChanges(long last)
{
    /// <summary>How long a change may take from its id to its commit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many ids before the highest one a watch that begins anew looks at: a lower one may still appear.</summary>
    public const int LookBack = 200;

    // MySQL leaves out some ids after each insert of many rows.
    private const int MostMissing = 2000;

    private readonly SortedDictionary<long, DateTimeOffset> _missing = [];
    private long _begin; // the highest id that was there when the watch began anew

    /// <summary>A watch that begins anew.</summary>
    /// <param name="there">The <see cref="LookBack"/> highest ids that are there; empty: there is no change.</param>
    /// <param name="now">The instant of the read.</param>
    public static WatchedChanges Beginning(IReadOnlyCollection<long> there, DateTimeOffset now)
    {
        var changes = new WatchedChanges(Math.Max(0, there.DefaultIfEmpty().Max() - LookBack));
        changes.Take(there, now);
        changes._begin = changes.Last;
        return changes;
    }

    /// <summary>The highest id that was seen.</summary>
    public long Last { get; private set; } = last;

    /// <summary>Lower ids that may still appear.</summary>
    public IReadOnlyCollection<long> Missing => _missing.Keys;

    /// <summary>
    /// The id after which a watch that is resumed has to begin, to miss nothing. What was missing at the begin does not count: it would bring
    /// changes from before the watch.
    /// </summary>
    public long ResumeAfter => _missing.Keys.FirstOrDefault(id => id > _begin) is > 0 and var first ? first - 1 : Last;

    /// <summary>Takes the ids that a read has found.</summary>
    /// <param name="ids">Ids after <see cref="Last"/>, and of <see cref="Missing"/>.</param>
    /// <param name="now">The instant of the read.</param>
    /// <returns>Those that are new, ascending.</returns>
    public List<long> Take(IEnumerable<long> ids, DateTimeOffset now)
    {
        var fresh = ids.Order().Where(id => id > Last || _missing.Remove(id)).ToList();
        foreach (var id in fresh.Where(id => id > Last))
        {
            for (var missing = Math.Max(Last + 1, id - MostMissing); missing < id; missing++)
            {
                _missing.Add(missing, now);
            }

            Last = id;
        }

        foreach (var (id, _) in _missing.Where((entry, i) => entry.Value <= now - Patience || i < _missing.Count - MostMissing).ToList())
        {
            _missing.Remove(id);
        }

        return fresh;
    }
}
