using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;
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
        await releaser.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken); // it has been told to stop
        broker.Answer.SetResult();
        await stopping;

        Assert.True(await broker.Taken.Task.WaitAsync(TestContext.Current.CancellationToken));
    }
}
