using System.Globalization;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>What the whole system holds at one moment.</summary>
/// <param name="At">The time since the begin.</param>
/// <param name="Faults">Faults made so far.</param>
/// <param name="Parts">Its processes.</param>
/// <param name="Queued">Messages in all queues of the broker; null where there is no broker, or it is away.</param>
/// <param name="Traces">Rows of <c>target_traces</c>; null where the store is away.</param>
/// <param name="Changes">Rows of <c>status_changes</c>.</param>
/// <param name="Deliveries">Rows of <c>deliveries</c>.</param>
internal sealed record SoakSample(TimeSpan At, int Faults, IReadOnlyList<PartSample> Parts, long? Queued, long? Traces, long? Changes, long? Deliveries)
{
    public static async Task<SoakSample> TakeAsync(RunningSystem system, TimeSpan at, int faults) => new(
        at,
        faults,
        [.. system.Parts.Select(PartSample.Of).OfType<PartSample>()],
        await QueuedAsync(system),
        await CountAsync(() => system.CountAsync("SELECT COUNT(*) FROM target_traces")),
        await CountAsync(() => system.CountAsync("SELECT COUNT(*) FROM status_changes")),
        await CountAsync(() => system.CountWithNotifiersAsync("SELECT COUNT(*) FROM deliveries")));

    private static async Task<long?> CountAsync(Func<Task<long>> ask) => await Trial.PatientAsync(ask) is > 0 and var count ? count : null;

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
            return null; // the broker is away, which is a fault of the soak's own
        }
    }
}
