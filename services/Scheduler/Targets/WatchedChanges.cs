namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Which status changes a watch has not seen yet. The database gives ids before it commits, so a change may appear after another one with a
/// higher id: ids that are missing are asked for again for some time. A rule without I/O, for one watch.
/// </summary>
/// <param name="last">The highest id that was there at the begin.</param>
internal sealed class WatchedChanges(long last)
{
    /// <summary>How long a change may take from its id to its commit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // MySQL leaves out some ids after each insert of many rows.
    private const int MostMissing = 2000;

    private readonly SortedDictionary<long, DateTimeOffset> _missing = [];

    /// <summary>The highest id that was seen.</summary>
    public long Last { get; private set; } = last;

    /// <summary>Lower ids that may still appear.</summary>
    public IReadOnlyCollection<long> Missing => _missing.Keys;

    /// <summary>The id after which a watch that is resumed has to begin, to miss nothing.</summary>
    public long ResumeAfter => _missing.Count > 0 ? _missing.First().Key - 1 : Last;

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
