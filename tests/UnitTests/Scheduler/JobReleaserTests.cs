using Google.Protobuf.WellKnownTypes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.UnitTests.Bus;

namespace Skypunch.UnitTests.Scheduler;

public sealed class JobReleaserTests
{
    [Fact]
    public async Task A_stop_lets_jobs_that_are_under_way_to_the_broker_get_there()
    {
        var host = await SchedulerHost.StartAsync(new StandIns());
        var releaser = host.Services.GetServices<IHostedService>().OfType<JobReleaser>().Single();
        var broker = new SlowBroker<ProbeBatch>();
        host.Services.GetRequiredService<IBus>().ConnectPublishObserver(broker);
        await new TargetService.TargetServiceClient(host.Channel).CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "x", Url = "http://127.0.0.1/" } },
            cancellationToken: TestContext.Current.CancellationToken);
        await broker.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = host.DisposeAsync().AsTask();
        await releaser.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken); // the stop has begun
        broker.Answer.SetResult();
        await stopping;

        Assert.True(await broker.Taken.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_job_that_is_overdue_is_given_up_and_not_published_with_a_new_life()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var now = TimeProvider.System.GetUtcNow();
        var job = UnitTests.Prober.AProbe.Job("http://127.0.0.1/");

        host.Services.GetRequiredService<ReleaseQueue>().Add(
        [
            new ClaimedJob(job with { TargetId = 7 }, now.AddSeconds(-15), TimeSpan.FromSeconds(0.5)),
            new ClaimedJob(job with { TargetId = 8 }, now, TimeSpan.FromSeconds(15)),
        ]);
        await standIns.NextJobAsync();

        Assert.Equal([8L], standIns.Jobs.Select(published => published.TargetId));
    }

    [Fact]
    public async Task A_job_that_is_overdue_is_given_back_and_its_target_does_not_wait_for_the_end_of_the_lease()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var created = await new TargetService.TargetServiceClient(host.Channel).CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = "x", Url = "http://127.0.0.1/", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)), Enabled = false } },
            cancellationToken: TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var (slot, leaseEnds) = (now.AddSeconds(-2), now.AddSeconds(15));
        await host.Services.GetRequiredService<StoreWriter<SchedulerDb>>().RunAsync((SchedulerDb db) => db.Targets.ExecuteUpdateAsync(
            set => set.SetProperty(t => t.Enabled, true).SetProperty(t => t.NextProbeAt, now).SetProperty(t => t.InFlightSlotAt, slot).SetProperty(t => t.InFlightUntil, leaseEnds)));

        var job = UnitTests.Prober.AProbe.Job("http://127.0.0.1/") with { TargetId = created.Target.Id, Slot = slot };
        host.Services.GetRequiredService<ReleaseQueue>().Add([new ClaimedJob(job, slot, TimeSpan.FromSeconds(0.5))]);
        await standIns.NextJobAsync();

        Assert.InRange(standIns.Jobs.First().Slot, slot.AddMilliseconds(1), leaseEnds.AddMilliseconds(-1));
    }

    [Fact]
    public async Task A_target_whose_job_could_not_be_published_is_probed_when_the_broker_takes_another_and_does_not_wait_for_the_end_of_the_lease()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var broker = new BrokerThatIsAway();
        host.Services.GetRequiredService<IBus>().ConnectPublishObserver(broker);
        var targets = new TargetService.TargetServiceClient(host.Channel);
        var waiting = await targets.CreateTargetAsync(ATarget("waits", enabled: false), cancellationToken: TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<StoreWriter<SchedulerDb>>().RunAsync((SchedulerDb db) => db.Targets.ExecuteUpdateAsync(
            set => set.SetProperty(t => t.Enabled, true).SetProperty(t => t.Timeout, 60))); // a hand may give it so long a timeout
        await broker.Refused.Task.WaitAsync(TestContext.Current.CancellationToken);
        var leaseEnds = TimeProvider.System.GetUtcNow().AddSeconds(60);

        broker.IsAway = false;
        await targets.CreateTargetAsync(ATarget("another"), cancellationToken: TestContext.Current.CancellationToken);
        do
        {
            await standIns.NextJobAsync();
        }
        while (standIns.Jobs.All(job => job.TargetId != waiting.Target.Id));

        Assert.True(TimeProvider.System.GetUtcNow() < leaseEnds);
        var state = (await targets.GetTargetAsync(new GetTargetRequest { Id = waiting.Target.Id }, cancellationToken: TestContext.Current.CancellationToken)).Target.State;
        Assert.True(state.MissedCount >= 1, "the slot of the job that was not published is missed");
    }

    private static CreateTargetRequest ATarget(string name, bool enabled = true) => new()
    {
        Target = new() { Name = name, Url = "http://127.0.0.1/", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)), Enabled = enabled },
    };

    private sealed class BrokerThatIsAway : IPublishObserver
    {
        public bool IsAway { get; set; } = true;

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
            => IsAway && typeof(T) == typeof(ProbeBatch) ? throw new TimeoutException("The broker is away.") : Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class
            => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class
        {
            Refused.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
