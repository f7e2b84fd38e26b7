using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>Sends mail by a mail server.</summary>
internal sealed class SmtpChannel(TimeProvider clock) : Channel<MailRequest, SmtpAnswer>
{
    public override ChannelDescription Description => SmtpDescription.Channel;

    public override IReadOnlyList<ChannelFault> Check(ChannelForm form)
    {
        var faults = new List<ChannelFault>();
        if (!MailAddresses.TryParse(form.Address, out _, out var error))
        {
            faults.Add(ChannelFault.OfAddress(error));
        }

        if (!SmtpParameters.TryParse(form.Parameters, out _, out var parameterFaults))
        {
            faults.AddRange(parameterFaults.Select(ChannelFault.OfParameters));
        }

        return faults;
    }

    public override MailRequest Render(ChannelForm form, Telling telling)
    {
        if (telling.Remaining?.Any(address => !address.Contains('@')) is true)
        {
            throw new UnreadableException("the column remaining_addresses of the delivery's row holds something that is no mail address");
        }

        if (!MailAddresses.TryParse(form.Address, out var to, out _) || !SmtpParameters.TryParse(form.Parameters, out var settings, out _))
        {
            throw new ArgumentException("The check does not pass this form.", nameof(form));
        }

        var envelope = MailEnvelope.Of(settings, to, telling, Environment.MachineName);
        var message = telling switch
        {
            { Digest: { } parts } => DigestMail.Compose(telling.Id, parts, envelope),
            { Change: { } change } => StatusMail.Compose(change, envelope),
            _ => StatusMail.ComposeTest(telling.Notifier, envelope),
        };
        return new MailRequest(settings, message, Recipients(to, telling.Remaining));
    }

    public override SendOutcome Judge(MailRequest request, SmtpAnswer answer)
    {
        var outcome = SmtpFaults.Judge(request.Settings, answer);
        var to = string.Join(", ", request.Recipients.Select(recipient => recipient.Address));
        return outcome is { Result: SendResult.Delivered, Reason: null }
            ? outcome with { Receipt = $"{request.Settings.Server}:{request.Settings.Port} has accepted the message to {to}" }
            : outcome;
    }

    public override IChannelSender<MailRequest, SmtpAnswer> NewSender(TimeSpan timeout, bool isWaitedFor)
        => new SmtpMailer(timeout, isWaitedFor ? timeout : SmtpMailer.AcceptTimeout, clock);

    // A remaining recipient may no longer be among the notifier's addresses.
    private static List<MailboxAddress> Recipients(IReadOnlyList<MailboxAddress> to, IReadOnlyList<string>? remaining)
        => remaining is null ? [.. to] : [.. to.IntersectBy(remaining, mailbox => mailbox.Address)];
}
