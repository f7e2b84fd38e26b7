using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Passes on jobs that another Prober is to run: those that confirm a failure that this Prober saw, and all jobs while this Prober is cut
/// off. The broker gives messages to the Probers in turn, so another Prober has the job within milliseconds. A job that comes back again
/// and again is run here: there is no other Prober.
/// </summary>
internal sealed class JobsForOthers(IBus bus, IOptions<ProberOptions> options, SelfDoubt doubt, SteadyTime steady)
{
    /// <summary>How often a job is passed on at the most.</summary>
    public const int MostTimes = 8;

    /// <summary>Passes on the jobs that are for others.</summary>
    /// <param name="jobs">The jobs of a batch.</param>
    /// <param name="sendersNow">What the clock of the batch's sender shows now.</param>
    /// <param name="fleet">How the other Probers are; null: none is known to be cut off.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>The jobs that are left to run here.</returns>
    public async Task<IReadOnlyList<ProbeJob>> PassOnAsync(IReadOnlyList<ProbeJob> jobs, DateTimeOffset sendersNow, ProberFleet? fleet, CancellationToken cancellationToken)
    {
        var isForOthers = (ProbeJob job) => IsForOthers(job, fleet);
        if (!jobs.Any(isForOthers))
        {
            return jobs;
        }

        var sentAt = steady.GetUtcNow();
        var forOthers = jobs.Where(isForOthers).Select(job => job with { PassedOn = job.PassedOn + 1, StartBy = sentAt + (job.StartBy - sendersNow) }).ToList();
        try
        {
            await bus.Publish(new ProbeBatch(forOthers) { SentAt = sentAt, Fleet = fleet }, context => context.TimeToLive = forOthers.Min(job => job.Patience), cancellationToken);
            return [.. jobs.Where(job => !isForOthers(job))];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return jobs; // a second look by this Prober is better than none
        }
    }

    private bool IsForOthers(ProbeJob job, ProberFleet? fleet)
        => ((doubt.IsCutOff && fleet?.IsAnotherWell(options.Value.Name) is not false) || (job.NotBy is { } excluded && excluded == options.Value.Name)) && job.PassedOn < MostTimes;
}
