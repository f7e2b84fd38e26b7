using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Skypunch.Bench.Processes;

/// <summary>What must not outlive the bench when it is broken off: it is ended when this process is told to end.</summary>
internal static class Leftovers
{
    private const int Broken = 130;

    private static readonly ConcurrentDictionary<object, Action> Ends = new();
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, EndAll))];

    /// <summary>Ends something with this process.</summary>
    public static void Add(object thing, Action end) => Ends[thing] = end;

    /// <summary>It has been ended.</summary>
    public static void Remove(object thing) => Ends.TryRemove(thing, out _);

    private static void EndAll(PosixSignalContext context)
    {
        foreach (var end in Ends.Values)
        {
            try
            {
                end();
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It ends by itself; the others must be ended all the same.
            }
        }

        GC.KeepAlive(Signals);
        Environment.Exit(Broken);
    }
}
