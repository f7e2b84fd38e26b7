using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.UnitTests.Bus;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.UnitTests.Scheduler;

public sealed class StatusChangePublisherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_while_a_message_is_on_its_way_travels_together_in_the_next_one()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var broker = new SlowBroker<StatusChangeBatch>();
        host.Services.GetRequiredService<IBus>().ConnectPublishObserver(broker);
        var publisher = host.Services.GetRequiredService<StatusChangePublisher>();

        publisher.PublishFresh([Fresh(1)]);
        await broker.Asked.Task.WaitAsync(Cancellation);
        publisher.PublishFresh([Fresh(2), Fresh(3)]);
        publisher.PublishFresh([]);
        publisher.PublishFresh([.. Enumerable.Range(4, 100).Select(Fresh)]);
        broker.Answer.SetResult();
        await standIns.TakeAsync(103);

        Assert.Equal([1, 2, 100], standIns.Batches.Select(batch => batch.Changes.Count).Order());
    }

    [Fact]
    public async Task A_message_that_fails_holds_up_no_later_one()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        var broker = new SlowBroker<StatusChangeBatch>();
        var failing = host.Services.GetRequiredService<IBus>().ConnectPublishObserver(broker);
        var publisher = host.Services.GetRequiredService<StatusChangePublisher>();

        publisher.PublishFresh([Fresh(1)]);
        await broker.Asked.Task.WaitAsync(Cancellation);
        failing.Disconnect();
        publisher.PublishFresh([Fresh(2)]);
        broker.Answer.SetException(new InvalidOperationException("the broker is gone"));

        Assert.Equal(2, (await standIns.Changes.Reader.ReadAsync(Cancellation)).TargetId);
    }

    private static StatusChange Fresh(int id) => StatusChangeRelayTests.Row(id, AChange.Failure(id));
}
