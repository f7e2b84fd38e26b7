namespace Skypunch.Scheduler.Reports;

/// <summary>Records when this process was started.</summary>
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
