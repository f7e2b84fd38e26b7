using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the SMTP channel. <see cref="SmtpMailerTests"/> has the answers of mail servers in full.</summary>
internal sealed class SmtpSample() : ChannelSample<MailRequest, SmtpAnswer>(new SmtpChannel(TimeProvider.System))
{
    private static readonly MailboxAddress Ops = new("", "ops@example.org");

    public override ChannelForm Good => new("ops@example.org, Boss <boss@example.org>", "server=mx.example.org,user=me,password=\"s3cr3t, too\",verify=yes");

    protected override IEnumerable<(SendResult Meaning, SmtpAnswer Answer)> Answers =>
    [
        (SendResult.Delivered, SmtpAnswer.Accepted),
        (SendResult.Delivered, SmtpAnswer.Accepted with { Refused = [RefusedRecipient.By(550, "no such user", Ops)] }),
        (SendResult.Retry, SmtpAnswer.Accepted with { Refused = [RefusedRecipient.By(451, "later", Ops)] }),
        (SendResult.Retry, Open(Reply(SmtpErrorCode.MessageNotAccepted, 451))),
        (SendResult.Retry, Open(Reply(SmtpErrorCode.UnexpectedStatusCode, 421))),
        (SendResult.Retry, Open(Reply(SmtpErrorCode.SenderNotAccepted, 550))),
        (SendResult.Refused, Open(Reply(SmtpErrorCode.MessageNotAccepted, 554))),
        (SendResult.Refused, Open(new NobodyLeftException()) with { Refused = [RefusedRecipient.By(550, "no such user", Ops)] }),
        (SendResult.Retry, new SmtpAnswer { Fault = new AuthenticationException("s3cr3t, too is wrong") }),
        (SendResult.Retry, new SmtpAnswer { Fault = new SocketException((int)SocketError.ConnectionRefused) }),
        (SendResult.Retry, new SmtpAnswer { Fault = new SilentServerException(TimeSpan.FromSeconds(30), hadMessage: false) }),
    ];

    protected override string TextOf(MailRequest request)
        => string.Join('\n', request.Message.Headers.Select(header => $"{header.Field}: {header.Value}"))
            + $"\n{request.Message.TextBody}\n{request.Message.HtmlBody}\nto {string.Join(", ", request.Recipients)} at {request.Settings.Server}";

    private static SmtpAnswer Open(Exception fault) => new() { Fault = fault, WasOpen = true };

    private static SmtpCommandException Reply(SmtpErrorCode code, int status) => new(code, (SmtpStatusCode)status, Ops, "no");
}
