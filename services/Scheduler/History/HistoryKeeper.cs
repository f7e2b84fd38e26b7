using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.History;

/// <summary>Adds hours up to days, and deletes what is too old, in steps with a pause between them: neither makes a claim late.</summary>
internal sealed class HistoryKeeper(StoreWriter<SchedulerDb> writer, BusGate busGate, TimeProvider clock, ILogger<HistoryKeeper> logger) : WorkLoop(busGate, clock, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Each time, the target of every open incident is looked for.
    private static readonly TimeSpan BetweenOrphans = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = clock;
    private long? _orphansAt;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        while (await writer.RunAsync((DaySums days) => days.AddAsync(cancellationToken)))
        {
            await Task.Delay(Pause, _clock, cancellationToken);
        }

        while (await writer.RunAsync((OldHistory history) => history.DeleteAsync(cancellationToken)))
        {
            await Task.Delay(Pause, _clock, cancellationToken);
        }

        if (_orphansAt is { } at && _clock.GetElapsedTime(at) < BetweenOrphans)
        {
            return;
        }

        while (await writer.RunAsync((OldHistory history) => history.EndOrphansAsync(cancellationToken)))
        {
            await Task.Delay(Pause, _clock, cancellationToken);
        }

        _orphansAt = _clock.GetTimestamp();
    }
}
