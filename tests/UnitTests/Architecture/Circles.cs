namespace Skypunch.UnitTests.Architecture;

/// <summary>Finds circles in a directed graph. Pure.</summary>
internal static class Circles
{
    /// <summary>
    /// The groups of nodes in which each node can be reached from every other node, in order; empty if there is no circle.
    /// </summary>
    /// <param name="arrows">The edges of the graph.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = next.ToDictionary(node => node.Key, node => From(node.Key, next));
        return [.. from node in reached
                   where node.Value.Contains(node.Key)
                   let circle = node.Value.Where(other => reached.TryGetValue(other, out var back) && back.Contains(node.Key)).Order(StringComparer.Ordinal).ToList()
                   where circle[0] == node.Key
                   orderby circle[0]
                   select circle];
    }

    private static HashSet<string> From(string start, ILookup<string, string> next)
    {
        var (found, open) = (new HashSet<string>(), new Stack<string>(next[start]));
        while (open.TryPop(out var node))
        {
            if (found.Add(node))
            {
                foreach (var other in next[node])
                {
                    open.Push(other);
                }
            }
        }

        return found;
    }
}
