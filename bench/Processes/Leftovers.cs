using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Skypunch.Bench.Processes;

/// <summary>Ends what must not outlive the bench when the bench is interrupted by a signal.</summary>
internal static class Leftovers
{
    private const int ExitCodeAfterSignal = 130;

    private static readonly ConcurrentDictionary<object, Action> Ends = new();
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, EndAll))];

    /// <summary>Registers how a thing is ended when this process gets a signal.</summary>
    public static void Add(object thing, Action end) => Ends[thing] = end;

    /// <summary>Removes a thing that has been ended.</summary>
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
                // That thing has ended by itself; the others must still be ended.
            }
        }

        GC.KeepAlive(Signals);
        Environment.Exit(ExitCodeAfterSignal);
    }
}
