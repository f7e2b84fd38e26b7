using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Mail;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Sends a notifier a test message, now and once.</summary>
internal sealed class NotifierTest(SealedParameters parameters, IOptions<NotifierOptions> options, TimeProvider clock)
{
    /// <summary>Sends it.</summary>
    /// <returns>Whether it was accepted, and where, or why not and what to do.</returns>
    public async Task<(bool Delivered, string Description)> RunAsync(StoredNotifier notifier, CancellationToken cancellationToken)
    {
        string? text;
        try
        {
            text = await parameters.OpenAsync(notifier, cancellationToken);
        }
        catch (CryptographicException)
        {
            return (false, "Not sent: its params were sealed with another key or for another notifier. Give them anew, or give the Notifier the key that it had.");
        }

        if (!MailRoute.TryPlan(notifier, text, out var route, out var fault))
        {
            return (false, $"Not sent: {fault}.");
        }

        using var mailer = new SmtpMailer(options.Value.SendTimeout, options.Value.SendTimeout, clock); // somebody waits for it
        var envelope = route.Envelope(Environment.MachineName, $"test.{Guid.NewGuid():N}@skypunch", clock.GetUtcNow());
        using var message = StatusMail.ComposeTest(notifier.Name, envelope);
        var outcome = await mailer.SendAsync(route.Settings, message, route.To, _ => Task.FromResult(true), cancellationToken);
        if (outcome is { Result: SendResult.Delivered, Reason: null })
        {
            await mailer.CloseAsync(cancellationToken);
            return (true, $"{route.Settings.Server}:{route.Settings.Port} has accepted the message to {string.Join(", ", route.To.Select(to => to.Address))}.");
        }

        var missed = outcome.Result is SendResult.Delivered || outcome.Remaining is not null ? "Not all were reached" : "Not sent";
        return (false, $"{missed}: {outcome.Reason}.{(outcome.Hint is { } hint ? $" {hint}" : "")}");
    }
}
