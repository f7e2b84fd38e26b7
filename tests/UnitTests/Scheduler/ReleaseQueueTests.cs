using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class ReleaseQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly ReleaseQueue _queue = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-1000)]
    [InlineData(-1)] // -1 ms is also the value that means an infinite timeout
    [InlineData(0)]
    public async Task A_job_that_is_due_or_overdue_is_not_waited_for(int milliseconds)
    {
        _queue.Add([AJob(1, milliseconds)]);

        await _queue.WaitForDueAsync(_clock, Cancellation);

        Assert.Single(_queue.TakeDue(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_job_is_waited_for_until_its_instant()
    {
        _queue.Add([AJob(1, 500)]);
        var due = _queue.WaitForDueAsync(_clock, Cancellation);

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(due.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await due;
    }

    [Fact]
    public async Task An_earlier_job_shortens_the_wait()
    {
        _queue.Add([AJob(1, 60_000)]);
        var due = _queue.WaitForDueAsync(_clock, Cancellation);
        Assert.False(due.IsCompleted);

        _queue.Add([AJob(2, 0)]);

        await due;
        Assert.Equal(2, Assert.Single(_queue.TakeDue(_clock.GetUtcNow())).Job.TargetId);
    }

    [Fact]
    public async Task An_empty_queue_waits_for_its_first_job()
    {
        var due = _queue.WaitForDueAsync(_clock, Cancellation);
        Assert.False(due.IsCompleted);

        _queue.Add([AJob(1, 0)]);

        await due;
        Assert.Equal(1, Assert.Single(_queue.TakeDue(_clock.GetUtcNow())).Job.TargetId);
    }

    [Fact]
    public void Due_jobs_are_taken_in_the_order_of_their_instants_and_the_others_stay()
    {
        _queue.Add([AJob(1, 20), AJob(2, 10), AJob(3, 30)]);
        _clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.Equal([2, 1], _queue.TakeDue(_clock.GetUtcNow()).Select(claimed => claimed.Job.TargetId));
        Assert.Equal([3], _queue.TakeAll().Select(claimed => claimed.Job.TargetId));
    }

    private static ClaimedJob AJob(long id, int milliseconds) => new(
        new ProbeJob
        {
            TargetId = id,
            Name = "x",
            Slot = Noon.AddMilliseconds(milliseconds),
            Url = "http://127.0.0.1/",
            Method = "GET",
            Authn = "NONE",
            PassResult = "200",
            Timeout = TimeSpan.FromSeconds(1),
            Patience = TimeSpan.FromSeconds(1),
        },
        Noon.AddMilliseconds(milliseconds),
        TimeSpan.FromSeconds(1));
}
