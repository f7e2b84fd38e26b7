using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Notifier;

public sealed class DeliverySenderTests
{
    [Fact]
    public async Task A_notifier_whose_server_hangs_does_not_hold_up_the_next()
    {
        await using var hanging = new LoopbackSmtp { BeforeAccepting = HangAsync };
        await using var quick = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync(hanging.Params);
        await store.AddNotifierAsync(quick.Params);
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));

        var sender = await StartAsync(store);

        await quick.NextAsync();
        await quick.NextAsync();
        await StopAsync(store, sender);
        Assert.Empty(hanging.TakeAll());
    }

    [Fact]
    public async Task A_message_that_its_server_does_not_accept_does_not_hold_up_the_others_to_that_server()
    {
        var hangs = 1;
        var reached = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = cancellationToken =>
            {
                if (Interlocked.Exchange(ref hangs, 0) == 0)
                {
                    return Task.CompletedTask;
                }

                reached.SetResult();
                return HangAsync(cancellationToken);
            },
        };
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1));
        var sender = await StartAsync(store);
        await reached.Task;
        await store.AnnounceAsync(AChange.Failure(2), AChange.Failure(3));

        store.Clock.Advance(TimeSpan.FromSeconds(5)); // less than the lease of the first message, which nothing renews in this test
        sender.Wake();
        await smtp.NextAsync();
        await smtp.NextAsync();

        Assert.Equal(2, smtp.Connections);
        await StopAsync(store, sender);
    }

    [Fact]
    public async Task A_digest_does_not_wait_for_the_first_alert_to_be_accepted()
    {
        var hangs = 1;
        var reached = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = cancellationToken =>
            {
                if (Interlocked.Exchange(ref hangs, 0) == 0)
                {
                    return Task.CompletedTask;
                }

                reached.SetResult();
                return HangAsync(cancellationToken);
            },
        };
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1));
        var sender = await StartAsync(store);
        await reached.Task;
        await store.AnnounceAsync([.. Enumerable.Range(2, 12).Select(i => AChange.Failure(i))]);

        sender.Wake();
        var mail = await smtp.NextAsync();

        Assert.Equal("Skypunch FAILURE detected for 12 targets", mail.Message.Subject);
        await StopAsync(store, sender);
    }

    [Fact]
    public async Task A_few_messages_go_over_one_connection()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();

        await SendAsync(store, smtp, 10);

        Assert.Equal(1, smtp.Connections);
    }

    [Fact]
    public async Task Many_messages_go_over_several_connections_side_by_side()
    {
        var sending = 0;
        var three = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = cancellationToken =>
            {
                if (Interlocked.Increment(ref sending) == 3)
                {
                    three.SetResult();
                }

                return three.Task.WaitAsync(cancellationToken); // no message is accepted before three are there
            },
        };
        await using var store = NotifierStore.Create(digestAbove: 0);

        await SendAsync(store, smtp, 25);

        Assert.Equal(3, smtp.Connections);
    }

    [Fact]
    public async Task A_message_that_is_being_sent_at_the_stop_is_finished_and_marked()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = async cancellationToken =>
            {
                reached.TrySetResult();
                await released.Task.WaitAsync(cancellationToken);
            },
        };
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1), AChange.Recovery(1));
        var sender = await StartAsync(store);
        await reached.Task;

        var stopping = sender.StopAsync(TestContext.Current.CancellationToken);
        released.SetResult();
        await stopping;

        Assert.Equal([DeliveryState.Sent, DeliveryState.Pending], (await store.DeliveriesAsync()).Select(d => d.State));
        Assert.All(await store.DeliveriesAsync(), d => Assert.Null(d.ClaimedUntil));
    }

    [Fact]
    public async Task A_message_that_does_not_get_done_after_the_stop_is_given_back()
    {
        var reached = new TaskCompletionSource();
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = cancellationToken =>
            {
                reached.TrySetResult();
                return HangAsync(cancellationToken);
            },
        };
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());
        var sender = await StartAsync(store);
        await reached.Task;

        await StopAsync(store, sender);

        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Pending, 0, null), (delivery.State, delivery.Attempts, delivery.ClaimedUntil));
    }

    [Fact]
    public async Task A_server_that_is_down_is_asked_once_and_not_for_each_message()
    {
        await using var smtp = new LoopbackSmtp();
        var asked = new TaskCompletionSource();
        smtp.Answer = line =>
        {
            asked.TrySetResult();
            return line == "GREETING" ? "421 down" : null;
        };
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync([.. Enumerable.Range(1, 10).Select(i => AChange.Failure(i))]);

        Assert.True(await store.RunAsync(id));

        Assert.Equal(1, smtp.Connections);
        Assert.Equal(1, (await store.DeliveriesAsync()).Sum(d => d.Attempts));
    }

    [Fact]
    public async Task A_server_that_is_down_is_left_alone_for_a_while_and_then_asked_again()
    {
        await using var down = new LoopbackSmtp { Answer = line => line == "GREETING" ? "421 down" : null };
        await using var up = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(down.Params);
        await store.AddNotifierAsync(up.Params);
        await store.AnnounceAsync(AChange.Failure(1));
        var sender = await StartAsync(store);
        await up.NextAsync();
        await Eventually.HoldsAsync(async () => (await store.NotifierAsync(id)).FailCount > 0, "the failure is counted");

        for (var target = 2; target <= 4; target++)
        {
            await store.AnnounceAsync(AChange.Failure(target));
            sender.Wake();
            await up.NextAsync(); // by now the sender has started everything that it will start
        }

        Assert.Equal(1, down.Connections);
        down.Answer = _ => null;
        store.Clock.Advance(TimeSpan.FromSeconds(10));
        sender.Wake();
        for (var target = 1; target <= 4; target++)
        {
            await down.NextAsync();
        }

        await StopAsync(store, sender);
    }

    private static Task HangAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    private static async Task SendAsync(NotifierStore store, LoopbackSmtp smtp, int count)
    {
        await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync([.. Enumerable.Range(1, count).Select(i => AChange.Failure(i))]);
        var sender = await StartAsync(store);
        for (var i = 0; i < count; i++)
        {
            await smtp.NextAsync();
        }

        await StopAsync(store, sender);
    }

    private static async Task<DeliverySender> StartAsync(NotifierStore store)
    {
        store.Services.GetRequiredService<BusGate>().Open();
        var sender = store.Services.GetRequiredService<DeliverySender>();
        await sender.StartAsync(TestContext.Current.CancellationToken);
        sender.Wake();
        return sender;
    }

    /// <summary>Stops the sender while the clock goes on.</summary>
    private static async Task StopAsync(NotifierStore store, DeliverySender sender)
    {
        var stopping = sender.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => stopping.IsCompleted, "the sender stops", meanwhile: () => store.Clock.Advance(TimeSpan.FromSeconds(1)));
        await stopping;
    }
}
