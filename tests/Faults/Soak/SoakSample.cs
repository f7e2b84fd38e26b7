using System.Globalization;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>The resources of the whole system at one moment.</summary>
/// <param name="At">The time since the soak began.</param>
/// <param name="Faults">The number of faults so far.</param>
/// <param name="Parts">The system's processes.</param>
/// <param name="Queued">The number of messages in all queues of the broker; null if there is no broker or it is not reachable.</param>
/// <param name="Traces">The number of rows in <c>target_traces</c>; null if there are none or the store is not reachable.</param>
/// <param name="Changes">The number of rows in <c>status_changes</c>, likewise.</param>
/// <param name="Deliveries">The number of rows in <c>deliveries</c>, likewise.</param>
internal sealed record SoakSample(TimeSpan At, int Faults, IReadOnlyList<PartSample> Parts, long? Queued, long? Traces, long? Changes, long? Deliveries)
{
    /// <summary>The sample of a process; null if it was away.</summary>
    public PartSample? Of(string name) => Parts.FirstOrDefault(part => part.Part == name);

    public static async Task<SoakSample> TakeAsync(RunningSystem system, TimeSpan at, int faults) => new(
        at,
        faults,
        [.. system.Parts.Select(PartSample.Of).OfType<PartSample>()],
        await QueuedAsync(system),
        await CountAsync(() => system.CountAsync("SELECT COUNT(*) FROM target_traces")),
        await CountAsync(() => system.CountAsync("SELECT COUNT(*) FROM status_changes")),
        await CountAsync(() => system.CountWithNotifiersAsync("SELECT COUNT(*) FROM deliveries")));

    private static async Task<long?> CountAsync(Func<Task<long>> ask) => await Trial.CountOrZeroAsync(ask) is > 0 and var count ? count : null;

    private static async Task<long?> QueuedAsync(RunningSystem system)
    {
        if (system is not ServicesSystem services)
        {
            return null;
        }

        try
        {
            var listing = await services.Broker.ControlAsync("list_queues", "--vhost", services.Bus.Name, "--no-table-headers", "messages");
            return listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => long.Parse(line, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null; // the soak itself has taken the broker away
        }
    }
}
