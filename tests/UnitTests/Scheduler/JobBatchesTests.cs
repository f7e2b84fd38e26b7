using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class JobBatchesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0 0 0 0 0 0 0", "3 3 1")] // limited by the number of jobs
    [InlineData("60 40 1 1", "2 2")] // limited by their size
    [InlineData("60 41 50", "1 2")]
    [InlineData("500 1 500 500", "1 1 1 1")] // a job that is too large travels alone
    public void A_message_carries_neither_too_many_jobs_nor_too_much(string bodies, string expected)
    {
        var jobs = bodies.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((length, i) => AJob(i, int.Parse(length, null))).ToList();

        var batches = JobBatches.Of(jobs, most: 3, largest: 100).ToList();

        Assert.Equal(expected, string.Join(' ', batches.Select(batch => batch.Count)));
        Assert.Equal(jobs, batches.SelectMany(batch => batch));
    }

    private static ClaimedJob AJob(int id, int body)
    {
        var job = new ProbeJob
        {
            TargetId = id,
            Name = "x",
            Slot = SchedulerStore.Noon,
            Url = "http://localhost/",
            Method = "POST",
            Authn = AuthnParameters.None,
            PassResult = "200",
            Timeout = TimeSpan.FromSeconds(1),
            Patience = TimeSpan.FromSeconds(1),
            SealedBody = body == 0 ? null : new string('x', body),
        };
        return new ClaimedJob(job, job.Slot, job.Patience);
    }
}
