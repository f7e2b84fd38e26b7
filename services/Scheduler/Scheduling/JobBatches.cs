using Skypunch.Contracts;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Which jobs go into one message. Pure.</summary>
internal static class JobBatches
{
    /// <summary>
    /// Splits jobs into messages. A broker refuses a message that is too large (RabbitMQ: 16 MiB), and a job may hold a body and
    /// certificates.
    /// </summary>
    /// <param name="jobs">The jobs, in order.</param>
    /// <param name="most">The most jobs in a message.</param>
    /// <param name="largest">
    /// The most characters that the jobs of a message have together. A single job with more has a message of its own.
    /// </param>
    public static IEnumerable<IReadOnlyList<ClaimedJob>> Of(IEnumerable<ClaimedJob> jobs, int most, int largest = 1_000_000)
    {
        var batch = new List<ClaimedJob>();
        var size = 0;
        foreach (var job in jobs)
        {
            var more = SizeOf(job.Job);
            if (batch.Count == most || (batch.Count > 0 && size + more > largest))
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            batch.Add(job);
            size += more;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static int SizeOf(ProbeJob job)
        => Length(job.SealedAuthnParameters) + Length(job.SealedHeaders) + Length(job.SealedBody) + Length(job.SealedTlsParameters) + Length(job.Assertions);

    private static int Length(string? text) => text?.Length ?? 0;
}
