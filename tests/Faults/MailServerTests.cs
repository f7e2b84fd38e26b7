using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The mail server is down, hangs, refuses or is slow. No mail is lost, none comes twice, and the mails of a target come in order.
/// </summary>
[Collection(nameof(OnDaemon))]
public sealed class MailServerTests(Grounds grounds)
{
    [Fact]
    public async Task A_mail_server_that_is_down_for_a_while_loses_no_mail()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();

        grounds.Mail.GoDown();
        await Budget.PassAsync(3);
        grounds.Mail.GoUp();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_mail_server_that_does_not_answer_after_the_message_loses_no_mail()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();

        grounds.Mail.Script = new MailScript { HangsAfterData = true };
        await Budget.PassAsync(4);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_mail_server_that_accepts_slowly_gets_each_mail_once()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();

        grounds.Mail.Script = new MailScript { Before250 = TimeSpan.FromSeconds(2) };
        await Budget.PassAsync(6);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_recipient_that_is_refused_for_a_while_gets_every_mail_afterwards()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();

        grounds.Mail.Script.Answers[trial.Notifiers[0].Mailbox] = 451;
        await Budget.PassAsync(3);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task The_other_recipient_gets_every_mail_when_one_of_two_is_refused_for_good()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();
        var (id, mailbox) = trial.Notifiers[0];
        var refused = $"refused-{mailbox}";
        grounds.Mail.Script.Answers[refused] = 550;

        await trial.System.DoWithNotifiersAsync($"UPDATE notifiers SET address = '{refused}, {mailbox}' WHERE id = {id}");
        await Budget.PassAsync(3);

        await trial.ReconcileAsync();
        Assert.DoesNotContain(grounds.Mail.Accepted, mail => mail.Recipient == refused);
    }

    [Fact]
    public async Task A_daemon_that_is_killed_between_the_250_and_its_mark_loses_no_mail()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();
        var daemon = trial.System.Parts[0];
        var kill = new SemaphoreSlim(1);

        trial.Strike();
        grounds.Mail.Script = new MailScript { After250 = () => KillOnce(daemon, kill) };
        await Eventually.HoldsAsync(() => daemon.HasEnded, "the daemon is killed");
        daemon.StartAgain();
        await daemon.WaitUntilReadyAsync();

        await trial.ReconcileAsync(new Allowance { DoubledMails = Allowed.MailsInFlight(trial) });
    }

    private static void KillOnce(ServiceProcess process, SemaphoreSlim once)
    {
        if (once.Wait(TimeSpan.Zero))
        {
            process.Kill();
        }
    }
}
