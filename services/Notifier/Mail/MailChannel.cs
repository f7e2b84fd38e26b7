using System.Diagnostics;
using System.Security.Cryptography;
using MimeKit;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Notifiers;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Mail;

/// <summary>The way of deliveries to a notifier that is told by mail: a delivery becomes a message and is handed in. For one run.</summary>
/// <param name="parameters">Opens a notifier's parameters.</param>
/// <param name="sendTimeout">How long handing in a message may take.</param>
/// <param name="clock">The clock.</param>
internal sealed class MailChannel(SealedParameters parameters, TimeSpan sendTimeout, TimeProvider clock) : IDisposable
{
    private readonly SmtpMailer _mailer = new(sendTimeout, SmtpMailer.AcceptTimeout, clock);

    /// <summary>Hands in a delivery's message.</summary>
    /// <param name="delivery">The delivery with its announcement and its notifier.</param>
    /// <param name="mayBegin">Asked at the last moment: whether the delivery is still this sender's.</param>
    /// <param name="cancellationToken">Breaks off; whether the server has the message is not known then.</param>
    public async Task<SendOutcome> SendAsync(Delivery delivery, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken)
    {
        string? text;
        try
        {
            text = await parameters.OpenAsync(delivery.Notifier, cancellationToken);
        }
        catch (CryptographicException)
        {
            return new SendOutcome(SendResult.Unusable, "the notifier's params cannot be opened: they were sealed with another key or for another notifier, or are damaged");
        }

        if (!MailRoute.TryPlan(delivery.Notifier, text, out var route, out var fault))
        {
            return new SendOutcome(SendResult.Unusable, fault);
        }

        if (delivery.Remaining?.FirstOrDefault(address => !address.Contains('@')) is not null)
        {
            return new SendOutcome(SendResult.Unreadable, "the delivery's row has in the column remaining_addresses what is no address");
        }

        if (!TryRead(delivery, out var change, out var unreadable))
        {
            return unreadable;
        }

        using var step = SkypunchTelemetry.Continue("deliver", change.TraceParent, ActivityKind.Client);
        if (!TryCompose(delivery, change, route, out var message, out unreadable))
        {
            return unreadable;
        }

        using (message)
        {
            var recipients = Recipients(route.To, delivery.Remaining);
            return recipients.Count == 0
                ? SendOutcome.Delivered
                : await _mailer.SendAsync(route.Settings, message, recipients, mayBegin, cancellationToken);
        }
    }

    /// <summary>Nothing more is to be sent.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => _mailer.CloseAsync(cancellationToken);

    public void Dispose() => _mailer.Dispose();

    private static bool TryRead(
        Delivery delivery,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TargetStatusChanged? change,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out SendOutcome? fault)
    {
        (change, fault) = (null, null);
        try
        {
            change = delivery.Announcement.Change();
            return true;
        }
        catch (System.Text.Json.JsonException e)
        {
            fault = new SendOutcome(SendResult.Unreadable, $"the stored change cannot be read: {SmtpFaults.ShortLine(e.Message)}");
            return false;
        }
    }

    // Whatever is odd in a stored change, it keeps no more than its own message from going out.
    private bool TryCompose(
        Delivery delivery,
        TargetStatusChanged change,
        MailRoute route,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MimeMessage? message,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out SendOutcome? fault)
    {
        (message, fault) = (null, null);
        try
        {
            var messageId = StatusMail.MessageId(delivery.Id, delivery.ChangeId);
            message = StatusMail.Compose(change, route.Envelope(Environment.MachineName, messageId, clock.GetUtcNow()));
            return true;
        }
        catch (Exception e)
        {
            fault = new SendOutcome(SendResult.Unreadable, $"no message can be made of the stored change: {e.GetType().Name}, {SmtpFaults.ShortLine(e.Message)}");
            return false;
        }
    }

    // The address may have been changed since the others have accepted the message.
    private static List<MailboxAddress> Recipients(IReadOnlyList<MailboxAddress> to, IReadOnlyList<string>? remaining)
        => remaining is null ? [.. to] : [.. to.IntersectBy(remaining, mailbox => mailbox.Address)];
}
