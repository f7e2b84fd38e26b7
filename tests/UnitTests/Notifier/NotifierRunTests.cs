using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Notifier;

public sealed class NotifierRunTests
{
    [Fact]
    public async Task A_message_is_delivered_marked_and_counted()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params, "ops@example.org, boss@example.org");
        await store.AnnounceAsync(AChange.Failure());

        Assert.False(await store.RunAsync(id));

        var mail = Assert.Single(smtp.TakeAll());
        Assert.Equal("Skypunch FAILURE detected for Target 1", mail.Message.Subject);
        Assert.Equal(["ops@example.org", "boss@example.org"], mail.Recipients);
        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Sent, 1, AChange.Noon), (delivery.State, delivery.Attempts, delivery.SentAt));
        Assert.Null(delivery.ClaimedUntil);
        var notifier = await store.NotifierAsync(id);
        Assert.Equal((1, 0), (notifier.PassCount, notifier.FailCount));
    }

    [Fact]
    public async Task Messages_of_one_target_go_out_as_they_came_over_one_connection_whatever_the_probers_clocks_say()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1, AChange.Noon.AddSeconds(10)), AChange.Recovery(1), AChange.Failure(2));

        await store.RunAsync(id);

        Assert.Equal(
            ["Skypunch FAILURE detected for Target 1", "Skypunch SUCCESS detected for Target 1"],
            smtp.TakeAll().Select(m => m.Message.Subject).Where(s => s!.EndsWith('1')));
        Assert.Equal(1, smtp.Connections);
    }

    [Fact]
    public async Task A_later_message_waits_for_an_earlier_one_of_its_target_and_for_no_other()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        var refusals = 1;
        smtp.Answer = line => line == "DATA" && refusals-- > 0 ? "451 not now" : null;
        await store.AnnounceAsync(AChange.Failure(1), AChange.Recovery(1, AChange.Noon.AddSeconds(10)), AChange.Failure(2));

        await store.RunAsync(id);
        var before = smtp.TakeAll();
        store.Clock.Advance(TimeSpan.FromSeconds(10));
        await store.RunAsync(id);
        var after = smtp.TakeAll();

        Assert.Equal(["Skypunch FAILURE detected for Target 2"], before.Select(m => m.Message.Subject));
        Assert.Equal(
            ["Skypunch FAILURE detected for Target 1", "Skypunch SUCCESS detected for Target 1"],
            after.Select(m => m.Message.Subject));
    }

    [Fact]
    public async Task Two_notifiers_side_by_side_double_nothing_and_keep_the_order()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync([.. Enumerable.Range(0, 40).Select(i => AChange.Failure(i % 5, AChange.Noon.AddSeconds(i)))]);

        await Task.WhenAll(store.RunAsync(id), NotifierStore.RunAsync(store.AddReplica(), id));

        // A run ends early if the other run holds all messages that could be sent; the sender then starts it again.
        await store.RunAsync(id);
        var mails = smtp.TakeAll();
        Assert.Equal(40, mails.Count);
        Assert.Equal(40, mails.Select(m => m.Message.MessageId).Distinct().Count());
        Assert.All(
            mails.GroupBy(m => m.Message.Subject),
            target => Assert.Equal(target.Select(When).Order(), target.Select(When)));
        Assert.Equal(40, (await store.NotifierAsync(id)).PassCount);

        static string When(ReceivedMail mail) => mail.Message.TextBody!.Split('\n').Single(line => line.StartsWith("  When", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_whose_acceptance_was_not_heard_is_sent_again_with_the_same_id()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());
        smtp.Answer = line => line == "END OF DATA" ? "" : null;

        Assert.True(await store.RunAsync(id));
        smtp.Answer = _ => null;
        store.Clock.Advance(TimeSpan.FromSeconds(10));
        await store.RunAsync(id);

        var ids = smtp.TakeAll().Select(m => m.Message.MessageId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [Theory]
    [InlineData("451 4.7.1 try later", "the message was refused: 451 4.7.1 try later")]
    [InlineData("421 4.3.2 closing", "answered 421 4.3.2 closing")]
    public async Task A_failure_that_may_pass_is_tried_again_until_it_is_given_up(string answer, string reason)
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line == "DATA" ? answer : null };
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);
        var once = await store.DeliveryAsync();
        store.Clock.Advance(TimeSpan.FromSeconds(9));
        await store.RunAsync(id);
        var early = await store.DeliveryAsync();
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.RunAsync(id);
        var twice = await store.DeliveryAsync();
        store.Clock.Advance(TimeSpan.FromHours(24));
        await store.RunAsync(id);
        var last = await store.DeliveryAsync();

        Assert.Equal((DeliveryState.Pending, 1, AChange.Noon.AddSeconds(10)), (once.State, once.Attempts, once.NextAttemptAt));
        Assert.Contains(reason, once.LastError);
        Assert.Equal(1, early.Attempts);
        Assert.Equal((DeliveryState.Pending, 2, AChange.Noon.AddSeconds(40)), (twice.State, twice.Attempts, twice.NextAttemptAt));
        Assert.Equal((DeliveryState.Failed, 3), (last.State, last.Attempts));
        Assert.Equal(3, (await store.NotifierAsync(id)).FailCount);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user", "ops@example.org was refused: 550 5.1.1 no such user")]
    [InlineData("DATA", "554 5.6.0 spam", "the message was refused: 554 5.6.0 spam")]
    [InlineData("END OF DATA", "552 5.3.4 too big", "the message was refused: 552 5.3.4 too big")]
    public async Task What_the_server_refuses_for_good_is_given_up_at_once(string command, string answer, string reason)
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);

        var delivery = await store.DeliveryAsync();
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains(reason, delivery.LastError);
        Assert.Equal(1, (await store.NotifierAsync(id)).FailCount);
    }

    [Theory]
    [InlineData(999, 999)]
    [InlineData(998, 1000)]
    public void A_long_reason_is_cut_where_no_character_is(int before, int expected)
        => Assert.Equal(expected, DeliveryMarks.Clip($"{new string('a', before)}🙂🙂")!.Length);

    [Fact]
    public async Task A_recipient_who_is_refused_does_not_keep_the_message_from_the_others()
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line.Contains("gone@", StringComparison.Ordinal) ? "550 no such user" : null };
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params, "gone@example.org, ops@example.org");
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);

        Assert.Equal(["ops@example.org"], Assert.Single(smtp.TakeAll()).Recipients);
        var delivery = await store.DeliveryAsync();
        Assert.Equal((DeliveryState.Sent, "sent, but gone@example.org was refused: 550 no such user"), (delivery.State, delivery.LastError));
    }

    [Theory]
    [InlineData("slow@example.org")]
    [InlineData("\"slow,slower\"@example.org")]
    public async Task A_recipient_who_cannot_be_reached_now_gets_the_message_later_and_holds_up_nobody(string slow)
    {
        var busy = true;
        await using var smtp = new LoopbackSmtp();
        smtp.Answer = line => busy && line.Contains(slow, StringComparison.Ordinal) ? "450 greylisted" : null;
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params, $"{slow}, ops@example.org");
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);
        var first = smtp.TakeAll();
        busy = false;
        await store.AnnounceAsync(AChange.Recovery(1, AChange.Noon.AddSeconds(1)));
        await store.RunAsync(id);
        var second = smtp.TakeAll();
        store.Clock.Advance(TimeSpan.FromSeconds(10));
        await store.RunAsync(id);
        var third = smtp.TakeAll();

        Assert.Equal(["ops@example.org"], Assert.Single(first).Recipients);
        Assert.Equal("Skypunch SUCCESS detected for Target 1", Assert.Single(second).Message.Subject);
        Assert.Equal([slow], Assert.Single(third).Recipients);
        Assert.Equal(first[0].Message.MessageId, third[0].Message.MessageId);
        Assert.All(await store.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Sent, null), (d.State, d.RemainingAddresses)));
    }

    [Fact]
    public async Task Parameters_sealed_with_another_key_are_tried_again_as_the_key_may_be_corrected()
    {
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(new SecretBox(new byte[SecretKeys.Bytes]).Seal(SecretPlace.InRow(SecretPurpose.Notifiers, "params", 1), "server=mx"));
        await store.AnnounceAsync(AChange.Failure());

        await store.RunAsync(id);

        var delivery = await store.DeliveryAsync();
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Contains("sealed with another key", delivery.LastError);
    }

    [Fact]
    public async Task A_stored_change_that_cannot_be_read_is_set_aside_and_holds_up_nothing()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create();
        var id = await store.AddNotifierAsync(smtp.Params);
        await store.AnnounceAsync(AChange.Failure(1), AChange.Failure(2));
        await store.WithDbAsync(db => db.Announcements.Where(a => a.TargetId == 1).ExecuteUpdateAsync(set => set.SetProperty(a => a.Payload, "{}")));

        await store.RunAsync(id);

        var deliveries = await store.DeliveriesAsync();
        Assert.Equal([DeliveryState.Pending, DeliveryState.Sent], deliveries.Select(d => d.State));
        Assert.Contains("the stored change cannot be read", deliveries[0].LastError);
    }
}
