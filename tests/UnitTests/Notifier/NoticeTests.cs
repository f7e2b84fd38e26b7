using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Skypunch.Contracts;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

public sealed class NoticeTests
{
    private static readonly MailEnvelope Envelope = new(new MailboxAddress("", "s@example.org"), [new MailboxAddress("", "o@example.org")], "1.a@skypunch", AChange.Noon);

    private static readonly Notice Notice = new()
    {
        NoticeId = Guid.NewGuid(),
        TargetId = 5,
        About = "web",
        Kind = "not_probed",
        Subject = "web cannot be probed",
        Text = "First paragraph.\nSecond paragraph.",
        At = AChange.Noon,
    };

    [Fact]
    public async Task A_notice_is_stored_once_with_a_delivery_to_each_enabled_notifier_and_answered_each_time()
    {
        await using var store = NotifierStore.Create(hasBus: true);
        var notifiers = new[] { await store.AddNotifierAsync("server=mx"), await store.AddNotifierAsync("server=mx") };
        var harness = store.Services.GetRequiredService<ITestHarness>();
        await harness.Start();
        var ofSkypunch = Notice with { NoticeId = Guid.NewGuid(), TargetId = null, About = Notice.Skypunch };

        await harness.Bus.Publish(new NoticeBatch([Notice]), TestContext.Current.CancellationToken);
        Assert.True(await harness.Published.Any<StatusChangesStored>(answer => answer.Context.Message.ChangeIds.Count == 1, TestContext.Current.CancellationToken));
        await harness.Bus.Publish(new NoticeBatch([Notice, ofSkypunch]), TestContext.Current.CancellationToken);
        Assert.True(await harness.Published.Any<StatusChangesStored>(answer => answer.Context.Message.ChangeIds.Count == 2, TestContext.Current.CancellationToken));

        var deliveries = await store.DeliveriesAsync();
        Assert.Equal(
            [(5, notifiers[0]), (5, notifiers[1]), (0, notifiers[0]), (0, notifiers[1])],
            deliveries.Select(delivery => (delivery.TargetId, delivery.NotifierId)));
    }

    [Fact]
    public async Task The_mail_of_a_notice_says_what_it_is_and_speaks_of_no_failure()
    {
        await using var smtp = new LoopbackSmtp();
        await using var store = NotifierStore.Create(hasBus: true);
        var notifier = await store.AddNotifierAsync(smtp.Params);
        var harness = store.Services.GetRequiredService<ITestHarness>();
        await harness.Start();

        await harness.Bus.Publish(new NoticeBatch([Notice]), TestContext.Current.CancellationToken);
        Assert.True(await harness.Published.Any<StatusChangesStored>(TestContext.Current.CancellationToken));
        await store.RunAsync(notifier);

        var mail = (await smtp.NextAsync()).Message;
        Assert.Equal("Skypunch notice: web cannot be probed", mail.Subject);
        Assert.Equal("target-5@skypunch", mail.InReplyTo);
        Assert.Equal(
            """
            web cannot be probed, at 2026-03-01 12:00:00 UTC.

            First paragraph.

            Second paragraph.

            This is a notice of Skypunch itself. It says nothing of whether a target passes or fails.

            All times are in UTC. Sent by Skypunch.

            """,
            mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("FAILURE", mail.Subject!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_can_add_no_header_and_those_of_Skypunch_itself_are_one_conversation()
    {
        using var mail = NoticeMail.Compose(Notice with { TargetId = null, Subject = "x\r\nBcc: evil@example.org" }, Envelope);

        Assert.Equal("Skypunch notice: x  Bcc: evil@example.org", mail.Subject);
        Assert.Empty(mail.Bcc);
        Assert.Equal("notices@skypunch", mail.InReplyTo);
    }
}
