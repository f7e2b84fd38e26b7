using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Webhook;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of the webhook channel. <see cref="HttpVerdictTests"/> has the meaning of each status in full.</summary>
internal sealed class WebhookSample() : ChannelSample<HttpCall, HttpAnswer>(
    new WebhookChannel(new HttpNetwork(Microsoft.Extensions.Options.Options.Create(new NotifierOptions()), TimeProvider.System)))
{
    public override ChannelForm Good => new("", "url=https://hooks.example.org/s3cr3t?key=s3cr3t,headers=\"Authorization: Bearer s3cr3t\nX-Team: ops, all\"");

    protected override IEnumerable<(SendResult Meaning, HttpAnswer Answer)> Answers =>
    [
        (SendResult.Delivered, new HttpAnswer { Status = 204 }),
        (SendResult.Retry, new HttpAnswer { Status = 429, RetryAfter = "7", At = AChange.Noon }),
        (SendResult.Retry, new HttpAnswer { Status = 500, Body = "oops" }),
        (SendResult.Retry, new HttpAnswer { Fault = "no connection" }),
        (SendResult.Refused, new HttpAnswer { Status = 302 }),
        (SendResult.Refused, new HttpAnswer { Status = 401 }),
    ];

    protected override string TextOf(HttpCall request)
        => $"{request.Method} {request.Url}\n{string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{request.ContentType}\n\n{request.Body}";
}
