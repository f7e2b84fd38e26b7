using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Store;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>Counts targets by status. Without a filter the database reads an index only, and no row.</summary>
internal sealed class TargetCensus(SchedulerDb db)
{
    private const int Ranks = 4;

    /// <summary>Counts the targets that a filter means; null: all.</summary>
    public async Task<TargetCounts> CountAsync(Filter? filter, CancellationToken cancellationToken)
    {
        var counts = new TargetCounts();
        var found = await FilterSql.Where(db, db.Targets, filter)
            .GroupBy(t => EF.Property<int>(t, StatusRank.Property))
            .Select(some => new { Rank = some.Key, Count = some.Count() })
            .ToListAsync(cancellationToken);
        found.ForEach(some => Add(counts, some.Rank, some.Count));
        return counts;
    }

    /// <summary>The groups of the targets that a filter means, by name.</summary>
    /// <param name="filter">The filter; null: all targets.</param>
    /// <param name="after">The last group of the page before; null: from the first one on.</param>
    /// <param name="most">The most groups.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<List<TargetGroup>> GroupsAsync(Filter? filter, string? after, int most, CancellationToken cancellationToken)
    {
        var targets = FilterSql.Where(db, After(db.Targets, after), filter);
        var found = await targets
            .GroupBy(t => new { t.GroupPath, Rank = EF.Property<int>(t, StatusRank.Property) })
            .OrderBy(some => some.Key.GroupPath).ThenBy(some => some.Key.Rank)
            .Select(some => new { some.Key.GroupPath, some.Key.Rank, Count = some.Count() })
            .Take((most + 1) * Ranks) // an empty group may stand beside NULL
            .ToListAsync(cancellationToken);
        return [.. found.GroupBy(some => some.GroupPath ?? "").Take(most).Select(some => GroupOf(some.Key, some.Select(part => (part.Rank, part.Count))))];
    }

    /// <summary>The number of all targets that were counted.</summary>
    public static long SumOf(TargetCounts counts) => counts.FailCount + counts.NewCount + counts.PassCount + counts.DisabledCount;

    private static IQueryable<Target> After(IQueryable<Target> targets, string? group) => group switch
    {
        null => targets,
        "" => targets.Where(t => t.GroupPath != null && t.GroupPath != ""),
        _ => targets.Where(t => string.Compare(t.GroupPath, group) > 0),
    };

    private static TargetGroup GroupOf(string name, IEnumerable<(int Rank, int Count)> parts)
    {
        var group = new TargetGroup { Name = name, Counts = new TargetCounts() };
        foreach (var (rank, count) in parts)
        {
            Add(group.Counts, rank, count);
        }

        group.WorstStatus = group.Counts switch
        {
            { FailCount: > 0 } => TargetStatus.Fail,
            { NewCount: > 0 } => TargetStatus.New,
            { PassCount: > 0 } => TargetStatus.Pass,
            _ => TargetStatus.Unspecified,
        };
        return group;
    }

    private static void Add(TargetCounts counts, int rank, int count)
    {
        switch (rank)
        {
            case StatusRank.Fail:
                counts.FailCount += count;
                break;
            case StatusRank.Pass:
                counts.PassCount += count;
                break;
            case StatusRank.Disabled:
                counts.DisabledCount += count;
                break;
            default:
                counts.NewCount += count;
                break;
        }
    }
}
