using Microsoft.Extensions.DependencyInjection;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A claim lasts as long as its sender is alive.</summary>
public sealed class LeaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_sender_has_claimed_is_sent_by_another_within_fifteen_seconds()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(), AChange.Recovery());
        var other = store.AddReplica();
        await store.LiveAsync(Lease.Grace, store.Services, other);
        await ClaimAsync(store.Services, id);

        await store.LiveAsync(Lease.Length - Lease.RenewEvery, other);
        await NotifierStore.RunAsync(other, id);
        Assert.Empty(smtp.TakeAll());

        await store.LiveAsync(Lease.RenewEvery, other);
        await NotifierStore.RunAsync(other, id);
        Assert.Equal(2, smtp.TakeAll().Count);
        Assert.True(Lease.Length + store.Options.PollInterval <= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_session_of_ten_minutes_keeps_its_claim_and_the_message_is_sent_once()
    {
        var (reached, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var smtp = new LoopbackSmtp
        {
            BeforeAccepting = async cancellationToken =>
            {
                reached.TrySetResult();
                await released.Task.WaitAsync(cancellationToken);
            },
        };
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());
        var other = store.AddReplica();
        await store.LiveAsync(Lease.Grace, store.Services, other);

        var sending = store.RunAsync(id);
        await reached.Task;
        await store.LiveAsync(TimeSpan.FromMinutes(9), store.Services, other);
        await NotifierStore.RunAsync(other, id);
        released.SetResult();
        await sending;

        Assert.Single(smtp.TakeAll());
        Assert.Equal((DeliveryState.Sent, 1), ((await store.DeliveryAsync()).State, (await store.DeliveryAsync()).Attempts));
    }

    [Fact]
    public async Task A_sender_that_stood_still_before_the_message_notices_that_another_has_sent_it()
    {
        var (reached, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = new LoopbackSmtp { BeforeGreeting = _ => released.Task };
        await using var store = NotifierStore.Create();
        slow.Connected = reached.SetResult;
        var id = await store.AddNotifierAsync(slow.Params);
        await store.AnnounceAsync(AChange.Failure());
        var other = store.AddReplica();
        await store.LiveAsync(Lease.Grace, store.Services, other);
        var frozen = store.RunAsync(id);
        await reached.Task;

        await store.LiveAsync(Lease.Length, other);
        slow.Connected = () => { };
        slow.BeforeGreeting = _ => Task.CompletedTask;
        await NotifierStore.RunAsync(other, id);
        await store.LiveAsync(Lease.RenewEvery, store.Services, other); // the stopped sender goes on
        released.SetResult();
        await frozen;

        Assert.Single(slow.TakeAll());
        Assert.Equal((DeliveryState.Sent, 1), ((await store.DeliveryAsync()).State, (await store.DeliveryAsync()).Attempts));
        Assert.Equal((1, 0), ((await store.NotifierAsync(id)).PassCount, (await store.NotifierAsync(id)).FailCount));
    }

    [Fact]
    public async Task A_sender_whose_claim_has_ended_marks_no_failure_over_its_successors_success()
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure());
        var other = store.AddReplica();
        await store.LiveAsync(Lease.Grace, store.Services, other);
        var slow = await ClaimAsync(store.Services, id);
        await store.LiveAsync(Lease.Length, other);
        var quick = await ClaimAsync(other, id);

        await NotifierStore.WithAsync<DeliveryMarks>(store.Services, marks => marks.FailedAsync(slow!, "late", store.Clock.GetUtcNow(), null, Cancellation));
        await NotifierStore.WithAsync<DeliveryMarks>(other, marks => marks.SentAsync(quick!, null, false, Cancellation));
        await NotifierStore.WithAsync<DeliveryMarks>(store.Services, marks => marks.SentAsync(slow!, null, false, Cancellation));

        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Sent, 1, null), (delivery.State, delivery.Attempts, delivery.LastError));
        Assert.Equal((1, 0), ((await store.NotifierAsync(id)).PassCount, (await store.NotifierAsync(id)).FailCount));
    }

    [Fact]
    public async Task A_mark_whose_answer_got_lost_counts_once_and_the_next_message_is_claimed_all_the_same()
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Failure(3));
        await NotifierStore.WithAsync<DeliveryMarks>(store.Services, async marks =>
        {
            var first = await ClaimAsync(store.Services, id);
            var second = await marks.SentAsync(first!, null, true, Cancellation);
            var third = await marks.SentAsync(first!, null, true, Cancellation);
            Assert.Equal([1, 2, 3], [first!.First.TargetId, second!.First.TargetId, third!.First.TargetId]);
            await marks.FailedAsync(third, "no", AChange.Noon, null, Cancellation);
            await marks.FailedAsync(third, "no", AChange.Noon, null, Cancellation);
        });

        Assert.Equal((1, 1), ((await store.NotifierAsync(id)).PassCount, (await store.NotifierAsync(id)).FailCount));
        var deliveries = await store.DeliveriesAsync();
        Assert.Equal([DeliveryState.Sent, DeliveryState.Pending, DeliveryState.Pending], deliveries.Select(d => d.State));
        Assert.Equal([null, AChange.Noon + Lease.Length, null], deliveries.Select(d => d.ClaimedUntil));
        Assert.Equal([1, 0, 1], deliveries.Select(d => d.Attempts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_by_an_hour_takes_no_claim_from_the_living_and_leaves_none_of_the_dead(int hours)
    {
        var clock = new JumpingClock();
        await using var store = NotifierStore.Create(clock);
        var (alive, dead) = (await store.AddNotifierAsync("server=mx"), await store.AddNotifierAsync("server=mx"));
        await store.AnnounceAsync(AChange.Failure());
        var (killed, other) = (store.AddReplica(), store.AddReplica());
        await store.LiveAsync(Lease.Grace, store.Services, killed, other);
        await ClaimAsync(store.Services, alive, hold: true);
        await ClaimAsync(killed, dead);

        clock.Jump = TimeSpan.FromHours(hours);
        await NotifierStore.WithAsync<LeaseKeeper>(other, keeper => keeper.RenewAsync(Cancellation)); // notices the jump first
        Assert.Null(await ClaimAsync(other, alive));
        await store.LiveAsync(Lease.Length + Lease.Grace, store.Services, other);
        await other.GetRequiredService<DeliveryRepair>().PutRightAsync(Cancellation);

        Assert.Null(await ClaimAsync(other, alive));
        Assert.NotNull(await ClaimAsync(other, dead));
    }

    [Fact]
    public async Task A_clock_set_back_by_an_hour_leaves_no_message_waiting_for_an_hour()
    {
        var clock = new JumpingClock();
        await using var store = NotifierStore.Create(clock);
        var id = await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Failure(3));
        store.Execute("UPDATE deliveries SET attempts = 7, next_attempt_at = '2026-03-01 12:15:00' WHERE target_id = 2");
        store.Execute("UPDATE deliveries SET next_attempt_at = 'tomorrow', claimed_until = 'for ever' WHERE target_id = 3");
        await store.LiveAsync(Lease.Grace, store.Services);

        clock.Jump = TimeSpan.FromHours(-1);
        await store.LiveAsync(Lease.RenewEvery, store.Services);
        var due = await store.DeliveriesAsync();
        await store.LiveAsync(Lease.Grace, store.Services);
        await store.Services.GetRequiredService<DeliveryRepair>().PutRightAsync(Cancellation);

        Assert.All(due, delivery => Assert.True(delivery.NextAttemptAt <= store.Clock.GetUtcNow()));
        for (var target = 1; target <= 3; target++)
        {
            Assert.Equal(target, (await ClaimAsync(store.Services, id))?.First.TargetId);
        }
    }

    [Fact]
    public async Task A_delivery_that_waits_no_longer_than_it_may_is_left_waiting()
    {
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        store.Execute("UPDATE deliveries SET attempts = 1, next_attempt_at = '2026-03-01 12:00:10' WHERE target_id = 1");
        store.Execute("UPDATE deliveries SET attempts = 9, next_attempt_at = '2026-03-01 12:15:00' WHERE target_id = 2");

        await store.Services.GetRequiredService<DeliveryRepair>().PutRightAsync(Cancellation);

        Assert.Equal([AChange.Noon.AddSeconds(10), AChange.Noon.AddMinutes(15)], (await store.DeliveriesAsync()).Select(d => d.NextAttemptAt));
    }

    [Fact]
    public async Task What_its_receiver_asked_for_is_left_waiting_until_the_clock_jumps()
    {
        await using var store = NotifierStore.Create();
        await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure());
        store.Execute("UPDATE deliveries SET attempts = 1, next_attempt_at = '2026-03-01 13:00:00'");
        var repair = store.Services.GetRequiredService<DeliveryRepair>();

        await repair.PutRightAsync(Cancellation);
        var asked = (await store.DeliveryAsync()).NextAttemptAt;
        await repair.PutRightAfterJumpAsync(Cancellation);

        Assert.Equal((AChange.Noon.AddHours(1), AChange.Noon), (asked, (await store.DeliveryAsync()).NextAttemptAt));
    }

    [Fact]
    public async Task When_the_store_comes_back_the_living_have_time_to_renew_their_claims()
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync("server=mx");
        await store.AnnounceAsync(AChange.Failure());
        var other = store.AddReplica();
        await store.LiveAsync(Lease.Grace, store.Services, other);
        await ClaimAsync(store.Services, id, hold: true);
        store.Clock.Advance(TimeSpan.FromMinutes(1)); // no Notifier reaches the store

        await store.LiveAsync(Lease.RenewEvery, other);
        Assert.Null(await ClaimAsync(other, id));
        await store.LiveAsync(Lease.RenewEvery, other, store.Services);
        await store.LiveAsync(TimeSpan.FromMinutes(1), other, store.Services);
        Assert.Null(await ClaimAsync(other, id));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(5, 0, true)]
    [InlineData(6, 0, false)] // the process was stopped
    [InlineData(0, 60, false)] // the machine was suspended, or its clock was set
    [InlineData(0, -60, false)]
    public void A_claim_is_sure_for_a_while_after_a_sign_of_life(int seconds, int jump, bool expected)
    {
        var clock = new JumpingClock();
        var held = new HeldClaims(clock);
        held.Add([7, 9], clock.GetTimestamp());

        clock.Advance(TimeSpan.FromSeconds(seconds));
        clock.Jump = TimeSpan.FromSeconds(jump);

        Assert.Equal((expected, false), (held.IsSureOf([7, 9]), held.IsSureOf([7, 8])));
    }

    [Fact]
    public async Task The_one_process_of_a_laptop_sends_at_its_start_what_a_killed_one_was_sending()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());
        await ClaimAsync(store.Services, id);
        var next = store.AddReplica();
        next.GetRequiredService<BusGate>().Open();

        var sender = next.GetRequiredService<DeliverySender>();
        await sender.StartAsync(Cancellation);
        sender.Wake();

        await smtp.NextAsync();
        await sender.StopAsync(Cancellation);
    }

    /// <summary>Claims the next delivery. If the claim is held, it is renewed later.</summary>
    private static async Task<Claim?> ClaimAsync(ServiceProvider replica, long notifierId, bool hold = false)
    {
        Claim? claimed = null;
        var since = replica.GetRequiredService<TimeProvider>().GetTimestamp();
        await NotifierStore.WithAsync<DueDeliveries>(replica, async due => claimed = await due.ClaimNextAsync(notifierId, Cancellation));
        if (hold)
        {
            replica.GetRequiredService<HeldClaims>().Add(claimed!.Ids, since);
        }

        return claimed;
    }
}
