using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The mail server is down, hangs, refuses or is slow: no mail is lost, none comes twice, and each target's come in their order.</summary>
public sealed class MailServerTests(Grounds grounds)
{
    [Fact]
    public async Task It_is_down_for_a_while()
    {
        await using var trial = await grounds.TryDaemonAsync();

        grounds.Mail.GoDown();
        await Budget.PassAsync(3);
        grounds.Mail.GoUp();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task It_says_nothing_once_it_has_a_message()
    {
        await using var trial = await grounds.TryDaemonAsync();

        grounds.Mail.Script = new MailScript { HangsAfterData = true };
        await Budget.PassAsync(4);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task It_is_slow_to_accept()
    {
        await using var trial = await grounds.TryDaemonAsync();

        grounds.Mail.Script = new MailScript { Before250 = TimeSpan.FromSeconds(2) };
        await Budget.PassAsync(6);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task It_has_no_time_for_a_while()
    {
        await using var trial = await grounds.TryDaemonAsync();

        grounds.Mail.Script.Answers[trial.Notifiers[0].Mailbox] = 451;
        await Budget.PassAsync(3);
        grounds.Mail.Script = new MailScript();

        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task It_refuses_one_of_two_recipients_for_good()
    {
        await using var trial = await grounds.TryDaemonAsync();
        var (id, mailbox) = trial.Notifiers[0];
        var refused = $"refused-{mailbox}";
        grounds.Mail.Script.Answers[refused] = 550;

        await trial.System.DoWithNotifiersAsync($"UPDATE notifiers SET address = '{refused}, {mailbox}' WHERE id = {id}");
        await Budget.PassAsync(3);

        await trial.ReconcileAsync();
        Assert.DoesNotContain(grounds.Mail.Accepted, mail => mail.Recipient == refused);
    }

    [Fact]
    public async Task The_daemon_is_killed_between_the_250_and_its_mark()
    {
        await using var trial = await grounds.TryDaemonAsync();
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
