namespace Skypunch.Scheduler.Fleet;

/// <summary>Notes when this process began.</summary>
internal sealed class SchedulerStart(TimeProvider clock) : IHostedService
{
    public DateTimeOffset At { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        At = clock.GetUtcNow();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
