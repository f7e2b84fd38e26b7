using System.Collections.Concurrent;

namespace Skypunch.Bench.Processes;

/// <summary>
/// What must not outlive the bench when it is broken off: it is ended when this process is told to end (SIGINT, SIGTERM).
/// </summary>
internal static class Leftovers
{
    private static readonly ConcurrentDictionary<object, Action> Ends = new();

    static Leftovers() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var end in Ends.Values)
        {
            end();
        }
    };

    /// <summary>Ends something with this process.</summary>
    public static void Add(object thing, Action end) => Ends[thing] = end;

    /// <summary>It has been ended.</summary>
    public static void Remove(object thing) => Ends.TryRemove(thing, out _);
}
