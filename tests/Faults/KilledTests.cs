using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Services are killed (SIGKILL), so they cannot tidy up, and started again.</summary>
[Collection(nameof(OnServices))]
public sealed class KilledTests(Grounds grounds)
{
    [Fact]
    public async Task Random_services_are_killed_for_a_while_and_nothing_is_lost()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var doubled = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Budget.Seconds(10))
        {
            var victim = trial.System.Parts[trial.Random.Next(trial.System.Parts.Count)];
            trial.Strike();
            doubled += victim.Name.StartsWith("Notifier", StringComparison.Ordinal) ? Allowed.MailsInFlight(trial) : 0;
            await victim.KillAsync();
            await Budget.PassAsync(TimeSpan.FromSeconds(trial.Random.NextDouble()));
            victim.StartAgain();
            await victim.WaitUntilReadyAsync();
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { DoubledMails = doubled });
    }

    [Fact]
    public async Task Notifiers_killed_after_a_digest_was_accepted_tell_each_change_once_or_by_the_same_message_again()
    {
        await using var trial = await grounds.TrialOnServicesAsync(new TrialPlan { Targets = 200, Flipping = 0 });
        var notifiers = trial.System.Parts.Where(part => part.Name.StartsWith("Notifier", StringComparison.Ordinal)).ToList();
        var killed = new TaskCompletionSource<string>();
        grounds.Mail.Script = new MailScript
        {
            Before250Of = mail =>
            {
                if (mail.Told.Count > 1 && killed.TrySetResult(mail.MessageId))
                {
                    notifiers.ForEach(notifier => notifier.Kill());
                }
            },
        };

        var flipped = trial.Flips.FlipTogetherAsync();
        var doubled = await killed.Task.WaitAsync(Budget.Seconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        trial.Strike();
        foreach (var notifier in notifiers)
        {
            await notifier.KillAsync(); // waits for the end
            notifier.StartAgain();
            await notifier.WaitUntilReadyAsync();
        }

        await flipped;
        await trial.ReconcileAsync(new Allowance { DoubledMails = notifiers.Count * Allowed.MailsInFlight(trial) });
        Assert.Equal(2, grounds.Mail.Accepted.Count(mail => mail.MessageId == doubled));
    }

    [Fact]
    public async Task All_services_are_killed_at_once_and_nothing_is_lost()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        await Budget.PassAsync(1);

        trial.Strike();
        await Task.WhenAll(trial.System.Parts.Select(part => part.KillAsync()));
        foreach (var part in trial.System.Parts)
        {
            part.StartAgain();
        }

        await trial.System.WaitUntilReadyAsync();
        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { DoubledMails = 2 * Allowed.MailsInFlight(trial) });
    }
}
