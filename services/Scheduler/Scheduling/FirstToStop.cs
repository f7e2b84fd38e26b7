namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Ends the claim and the release of jobs before anything else is stopped. ASP.NET Core closes the listeners before it stops other
/// services, and a target may be the health address of this very process: a last probe of it that finds the listener closed would make the
/// target FAIL.
/// </summary>
internal sealed class FirstToStop(TargetClaimer claimer, JobReleaser releaser) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called before the first service is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await claimer.StopAsync(cancellationToken);
        await releaser.StopAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
