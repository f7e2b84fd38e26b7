using Skypunch.Admin.V1;

namespace Skypunch.Web.Targets;

/// <summary>A group with all that is in it and below.</summary>
/// <param name="Path">The group, such as "shop/cart".</param>
/// <param name="Depth">How deep it lies; 0: at the top.</param>
/// <param name="FailCount">How many enabled targets fail.</param>
/// <param name="Count">How many targets there are.</param>
/// <param name="Worst">The worst status of the enabled ones; unspecified: none is enabled.</param>
public sealed record GroupNode(string Path, int Depth, long FailCount, long Count, TargetStatus Worst)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>Makes a tree of groups, each with what lies below it. Pure.</summary>
public static class GroupTree
{
    /// <summary>The tree, each group before those within it. Targets in no group are left out.</summary>
    public static IReadOnlyList<GroupNode> Of(IEnumerable<TargetGroup> groups)
        => [.. groups.Where(group => group.Name.Length > 0)
            .SelectMany(group => Above(group.Name).Select(path => (Path: path, Group: group)))
            .GroupBy(part => part.Path)
            .OrderBy(part => part.Key.Replace('/', '\0'), StringComparer.Ordinal)
            .Select(part => new GroupNode(
                part.Key,
                part.Key.Count(c => c == '/'),
                part.Sum(p => p.Group.Counts.FailCount),
                part.Sum(p => p.Group.Counts.FailCount + p.Group.Counts.PassCount + p.Group.Counts.NewCount + p.Group.Counts.DisabledCount),
                part.Select(p => p.Group.WorstStatus).MaxBy(Badness)))];

    // "shop/cart" lies within "shop".
    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        yield return path;
    }

    private static int Badness(TargetStatus status) => status switch
    {
        TargetStatus.Fail => 3,
        TargetStatus.New => 2,
        TargetStatus.Pass => 1,
        _ => 0,
    };
}
