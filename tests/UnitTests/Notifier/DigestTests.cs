using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Digests from the deliveries to a mail server on this machine.</summary>
public sealed class DigestTests : IAsyncDisposable
{
    private readonly LoopbackSmtp _smtp = new();
    private readonly NotifierStore _store = NotifierStore.Create();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 1)]
    [InlineData(500, 1)]
    [InlineData(505, 6)]
    [InlineData(511, 2)]
    public async Task More_than_ten_that_are_due_go_in_one_message_up_to_five_hundred(int due, int messages)
    {
        var id = await AddAsync(due);

        await _store.RunAsync(id);

        var mails = _smtp.TakeAll();
        Assert.Equal(messages, mails.Count);
        Assert.Equal(messages, mails.Select(mail => mail.Message.MessageId).Distinct().Count());
        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Sent, 1, AChange.Noon, null), (d.State, d.Attempts, d.SentAt, d.ClaimedUntil)));
        var notifier = await _store.NotifierAsync(id);
        Assert.Equal((due, 0), (notifier.PassCount, notifier.FailCount));
    }

    [Fact]
    public async Task Where_digests_are_off_each_change_is_a_message()
    {
        await using var store = NotifierStore.Create(digestAbove: 0);
        var id = await store.AddNotifierAsync(_smtp.Params);
        await store.AnnounceAsync(Failures(1, 30));

        await store.RunAsync(id);

        Assert.Equal(30, _smtp.TakeAll().Count);
    }

    [Fact]
    public async Task A_delivery_says_which_digest_carried_it_and_the_mail_too()
    {
        var id = await AddAsync(12);

        await _store.RunAsync(id);

        var mail = Assert.Single(_smtp.TakeAll());
        var digest = Assert.Single((await _store.DeliveriesAsync()).Select(delivery => delivery.DigestId).Distinct());
        Assert.Equal($"digest.{digest:N}@skypunch", mail.Message.MessageId);
        Assert.Contains($"--digest digest.{digest:N}", mail.Message.TextBody);
    }

    [Fact]
    public async Task A_later_change_of_a_target_comes_in_a_later_message_than_the_earlier()
    {
        var id = await _store.AddNotifierAsync(_smtp.Params);
        await _store.AnnounceAsync([.. Failures(1, 12), .. Enumerable.Range(1, 12).Select(i => AChange.Recovery(i))]);

        await _store.RunAsync(id);

        Assert.Equal(
            ["Skypunch FAILURE detected for 12 targets", "Skypunch SUCCESS detected for 12 targets"],
            _smtp.TakeAll().Select(mail => mail.Message.Subject));
    }

    [Fact]
    public async Task A_notice_stays_a_message_of_its_own()
    {
        var id = await _store.AddNotifierAsync(_smtp.Params);
        var notice = Channels.Tellings.Notice.Change! with { ChangeId = Guid.NewGuid(), TargetId = 0 };
        await _store.AnnounceAsync([.. Failures(1, 11), notice, .. Failures(12, 1)]);

        await _store.RunAsync(id);

        Assert.Equal(["Skypunch FAILURE detected for 12 targets", "Skypunch notice: Prober one is cut off"], _smtp.TakeAll().Select(mail => mail.Message.Subject));
    }

    [Theory]
    [InlineData("DATA", "451 4.3.0 not now", false)]
    [InlineData("GREETING", "421 down", true)]
    [InlineData("END OF DATA", "", true)] // the acceptance is not heard
    public async Task After_a_failure_all_of_them_wait_and_go_out_as_the_same_message(string at, string answer, bool rests)
    {
        var id = await AddAsync(12);
        _smtp.Answer = line => line == at ? answer : null;

        Assert.Equal(rests, await _store.RunAsync(id));
        var waiting = await _store.DeliveriesAsync();
        var first = _smtp.TakeAll();
        _smtp.Answer = _ => null;
        await _store.AnnounceAsync(Failures(100, 11));
        _store.Clock.Advance(TimeSpan.FromSeconds(10));
        await _store.RunAsync(id);

        Assert.All(waiting, d => Assert.Equal((DeliveryState.Pending, 1, AChange.Noon.AddSeconds(10)), (d.State, d.Attempts, d.NextAttemptAt)));
        Assert.All(waiting, d => Assert.True(d.LastError is { Length: > 0 }));
        var mails = _smtp.TakeAll();
        Assert.Equal(["12", "11"], mails.OrderByDescending(mail => mail.Message.Headers["X-Skypunch-Changes"]).Select(mail => mail.Message.Headers["X-Skypunch-Changes"]));
        Assert.All(first, mail => Assert.Contains(mails, again => again.Message.MessageId == mail.Message.MessageId && again.Message.TextBody == mail.Message.TextBody));
        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal(DeliveryState.Sent, d.State));
    }

    [Fact]
    public async Task What_a_killed_sender_had_in_hand_is_sent_by_another_as_the_same_message_while_new_ones_wait()
    {
        var id = await AddAsync(12);
        var other = _store.AddReplica();
        await _store.LiveAsync(Lease.Grace, _store.Services, other);
        var killed = await ClaimAsync(_store.Services, id);
        await _store.AnnounceAsync(Failures(100, 30));

        await _store.LiveAsync(Lease.Length, other);
        await NotifierStore.RunAsync(other, id);

        var mails = _smtp.TakeAll();
        Assert.Equal(["12", "30"], mails.Select(mail => mail.Message.Headers["X-Skypunch-Changes"]));
        Assert.Equal($"digest.{killed!.DigestId:N}@skypunch", mails[0].Message.MessageId);
    }

    [Fact]
    public async Task What_a_killed_sender_may_have_sent_alone_goes_into_no_digest()
    {
        var id = await AddAsync(1);
        var other = _store.AddReplica();
        await _store.LiveAsync(Lease.Grace, _store.Services, other);
        await ClaimAsync(_store.Services, id);
        await _store.AnnounceAsync(Failures(100, 30));

        await _store.LiveAsync(Lease.Length, other);
        await NotifierStore.RunAsync(other, id);

        var single = (await _store.DeliveriesAsync())[0];
        Assert.Equal([$"{single.Id}.{single.ChangeId:N}@skypunch"], _smtp.TakeAll().Where(mail => mail.Message.Headers["X-Skypunch-Changes"] is null).Select(mail => mail.Message.MessageId));
        Assert.Null(single.DigestId);
    }

    [Fact]
    public async Task A_digest_that_has_lost_a_delivery_is_not_begun_and_goes_out_without_it()
    {
        var id = await AddAsync(12);
        var other = _store.AddReplica();
        await _store.LiveAsync(Lease.Grace, _store.Services, other);
        var claim = await ClaimAsync(_store.Services, id);
        _store.Execute("UPDATE deliveries SET state = 'CANCELLED' WHERE target_id = 1");

        await NotifierStore.WithAsync<NotifierRun>(_store.Services, async run => Assert.False(await run.IsStillMineAsync(claim!, TestContext.Current.CancellationToken)));
        await _store.LiveAsync(Lease.Length, other);
        await NotifierStore.RunAsync(other, id);

        var mail = Assert.Single(_smtp.TakeAll());
        Assert.Equal("11", mail.Message.Headers["X-Skypunch-Changes"]);
        Assert.DoesNotContain("Target 1\n", mail.Message.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_digest_that_the_server_refuses_for_good_is_told_change_by_change()
    {
        var id = await AddAsync(12);
        var messages = 0;
        _smtp.Answer = line => line == "END OF DATA" ? Interlocked.Increment(ref messages) switch
        {
            1 => "552 5.3.4 too big",
            5 => "554 5.6.0 spam",
            _ => null,
        } : null;

        await _store.RunAsync(id);

        Assert.Equal(11, _smtp.TakeAll().Count);
        var deliveries = await _store.DeliveriesAsync();
        Assert.Equal(11, deliveries.Count(d => d is { State: DeliveryState.Sent, DigestId: null, Attempts: 2 }));
        var failed = Assert.Single(deliveries, d => d.State is DeliveryState.Failed);
        Assert.Contains("554 5.6.0 spam", failed.LastError);
    }

    [Fact]
    public async Task A_recipient_who_cannot_be_reached_now_gets_the_same_digest_later()
    {
        var busy = true;
        _smtp.Answer = line => busy && line.Contains("slow@", StringComparison.Ordinal) ? "450 greylisted" : null;
        var id = await _store.AddNotifierAsync(_smtp.Params, "slow@example.org, ops@example.org");
        await _store.AnnounceAsync(Failures(1, 12));

        await _store.RunAsync(id);
        var first = Assert.Single(_smtp.TakeAll());
        busy = false;
        _store.Clock.Advance(TimeSpan.FromSeconds(10));
        await _store.RunAsync(id);
        var second = Assert.Single(_smtp.TakeAll());

        Assert.Equal("ops@example.org", Assert.Single(first.Recipients));
        Assert.Equal("slow@example.org", Assert.Single(second.Recipients));
        Assert.Equal(first.Message.MessageId, second.Message.MessageId);
        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Sent, null), (d.State, d.RemainingAddresses)));
    }

    [Theory]
    [InlineData("UPDATE announcements SET payload = '{}' WHERE target_id = 7", "the stored change cannot be read")]
    [InlineData("UPDATE deliveries SET attempts = 9223372036854775807 WHERE target_id = 7", "has in the column attempts what cannot be read")]
    [InlineData("UPDATE deliveries SET uncounted_attempts = 9223372036854775807 WHERE target_id = 7", "has in the column uncounted_attempts what cannot be read")]
    public async Task A_row_that_cannot_be_read_is_set_aside_and_holds_up_no_other(string poison, string fault)
    {
        var id = await AddAsync(30);
        _store.Execute(poison);

        await _store.RunAsync(id);

        var notifier = await _store.NotifierAsync(id);
        Assert.Equal((29, 0), (notifier.PassCount, notifier.FailCount));
        var told = _smtp.TakeAll().Sum(mail => int.Parse(mail.Message.Headers["X-Skypunch-Changes"] ?? "1", null));
        Assert.Equal(29, told);
        await _store.WithDbAsync(async db =>
        {
            var left = Assert.Single(await db.Deliveries.Where(d => d.State == DeliveryState.Pending).Select(d => new { d.TargetId, d.LastError }).ToListAsync());
            Assert.Equal(7, left.TargetId);
            Assert.Contains(fault, left.LastError);
        });
    }

    [Fact]
    public async Task A_digest_has_the_same_words_each_time_whatever_was_due_first()
    {
        var id = await AddAsync(30);
        _store.Execute("UPDATE deliveries SET next_attempt_at = '2026-03-01 11:59:00.' || printf('%07d', 100 - target_id) WHERE target_id < 25");
        _smtp.Answer = line => line == "END OF DATA" ? "" : null; // the acceptance is not heard
        await _store.RunAsync(id);
        var first = Assert.Single(_smtp.TakeAll());
        _smtp.Answer = _ => null;
        _store.Clock.Advance(TimeSpan.FromSeconds(10));

        await _store.RunAsync(id);

        var again = Assert.Single(_smtp.TakeAll());
        Assert.Equal((first.Message.MessageId, first.Message.TextBody), (again.Message.MessageId, again.Message.TextBody));
        Assert.Equal(first.Message.Attachments.Select(Words), again.Message.Attachments.Select(Words));

        static string Words(MimeKit.MimeEntity part) => ((MimeKit.TextPart)part).Text;
    }

    [Fact]
    public async Task A_recipient_whom_the_server_does_not_know_fails_all_of_them_and_blocks_none_that_follow()
    {
        _smtp.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null;
        var id = await AddAsync(12);
        await _store.RunAsync(id);
        var refused = await _store.DeliveriesAsync();
        _smtp.Answer = _ => null;
        await _store.AnnounceAsync(Failures(100, 12));

        await _store.RunAsync(id);

        Assert.All(refused, d => Assert.Equal((DeliveryState.Failed, 2), (d.State, d.Attempts)));
        Assert.Equal("12", Assert.Single(_smtp.TakeAll()).Message.Headers["X-Skypunch-Changes"]);
    }

    [Fact]
    public async Task A_notifier_that_is_disabled_while_it_is_told_of_a_digest_has_it_and_is_told_nothing_more()
    {
        var id = await AddAsync(12);
        BeforeAccepting(async db =>
        {
            await db.Notifiers.ExecuteUpdateAsync(set => set.SetProperty(n => n.Enabled, false));
            await DeliveryCleanup.CancelAsync(db, id, TestContext.Current.CancellationToken);
        });

        Assert.False(await _store.RunAsync(id));
        _store.Execute("UPDATE notifiers SET enabled = 1");
        await _store.RunAsync(id);

        Assert.Single(_smtp.TakeAll());
        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Sent, 1), (d.State, d.Attempts)));
    }

    [Fact]
    public async Task A_notifier_that_is_deleted_while_it_is_told_of_a_digest_takes_its_deliveries_along()
    {
        var id = await AddAsync(12);
        BeforeAccepting(db => db.Notifiers.ExecuteDeleteAsync());

        Assert.False(await _store.RunAsync(id));

        Assert.Single(_smtp.TakeAll());
        Assert.Empty(await _store.DeliveriesAsync());
    }

    [Fact]
    public async Task A_digest_that_waits_is_cancelled_with_its_notifier()
    {
        _smtp.Answer = line => line == "DATA" ? "451 not now" : null;
        var id = await AddAsync(12);
        await _store.RunAsync(id);
        _smtp.Answer = _ => null;
        await _store.WithDbAsync(db => DeliveryCleanup.CancelAsync(db, id, TestContext.Current.CancellationToken));
        await _store.AnnounceAsync(Failures(100, 12));
        _store.Clock.Advance(TimeSpan.FromSeconds(10));

        await _store.RunAsync(id);

        Assert.Equal("12", Assert.Single(_smtp.TakeAll()).Message.Headers["X-Skypunch-Changes"]);
        Assert.Equal(12, (await _store.DeliveriesAsync()).Count(d => d is { State: DeliveryState.Cancelled, Attempts: 1 }));
    }

    [Fact]
    public async Task A_digest_is_given_up_when_its_newest_change_has_been_tried_for_a_day()
    {
        _smtp.Answer = line => line == "DATA" ? "451 not now" : null;
        var id = await AddAsync(12);
        await _store.RunAsync(id);
        _store.Clock.Advance(TimeSpan.FromHours(24));

        await _store.RunAsync(id);

        Assert.All(await _store.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Failed, 2), (d.State, d.Attempts)));
        Assert.Equal(24, (await _store.NotifierAsync(id)).FailCount);
    }

    [Fact]
    public async Task Two_senders_side_by_side_have_no_part_of_the_same_digest()
    {
        var id = await _store.AddNotifierAsync(_smtp.Params);
        var other = _store.AddReplica();
        await _store.AnnounceAsync(Failures(1, 60));
        _smtp.Answer = line => line == "DATA" ? "451 not now" : null;
        await _store.RunAsync(id);
        _smtp.Answer = _ => null;
        _store.Clock.Advance(TimeSpan.FromSeconds(10));

        var one = await ClaimAsync(_store.Services, id);
        var two = await ClaimAsync(other, id);

        Assert.Equal(60, one!.Deliveries.Count);
        Assert.Null(two);
    }

    private static TargetStatusChanged[] Failures(int first, int count) => [.. Enumerable.Range(first, count).Select(i => AChange.Failure(i))];

    private void BeforeAccepting(Func<NotifierDb, Task> change) => _smtp.BeforeAccepting = _ => _store.WithDbAsync(change);

    private static async Task<Claim?> ClaimAsync(ServiceProvider replica, long notifierId)
    {
        Claim? claimed = null;
        await NotifierStore.WithAsync<DueDeliveries>(replica, async due => claimed = await due.ClaimNextAsync(notifierId, TestContext.Current.CancellationToken));
        return claimed;
    }

    private async Task<long> AddAsync(int due)
    {
        var id = await _store.AddNotifierAsync(_smtp.Params);
        await NotifierStore.WithAsync<Announcements>(_store.Services, announcements => announcements.StoreAsync(Failures(1, due), TestContext.Current.CancellationToken));
        return id;
    }
}
