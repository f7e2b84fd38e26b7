namespace Skypunch.Scheduler.Fleet;

/// <summary>When this process began.</summary>
internal sealed class SchedulerStart(TimeProvider clock)
{
    public DateTimeOffset At { get; } = clock.GetUtcNow();
}
