using System.Globalization;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Verbs;

/// <summary>Ids as people give them: a number, or the name of what has the id.</summary>
internal static class NamedIds
{
    /// <summary>The id that a text is; null where it can only be a name.</summary>
    public static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The id of a name: of the one with the same letters, else of the only one with the same in upper or lower case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">"target" or "notifier".</param>
    /// <param name="all">What there is.</param>
    /// <param name="exitCode">The exit code where there is no such name.</param>
    /// <param name="lists">The command that lists all; null: that of the kind.</param>
    public static long ByName(string name, string kind, IReadOnlyList<(long Id, string Name)> all, int exitCode, string? lists = null)
    {
        var same = all.Where(r => r.Name == name).ToList();
        if (same.Count == 0)
        {
            same = [.. all.Where(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        }

        return same switch
        {
            [var (id, _)] => id,
            [] => throw NotFound($"there is no {kind} named '{name}'; 'skypunch {lists ?? $"{kind}s"}' lists them"),
            _ => throw NotFound($"several {kind}s are named '{name}': give the ID of one"),
        };

        CliFault NotFound(string line) => new("NOT_FOUND", exitCode, new FaultLine(line));
    }
}
