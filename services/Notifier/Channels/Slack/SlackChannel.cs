using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Slack;

/// <summary>Writes into a chat by an incoming webhook as Slack has it. Mattermost and Rocket.Chat have the same.</summary>
internal sealed class SlackChannel(HttpNetwork network) : HttpChannel(network)
{
    public override ChannelDescription Description { get; } = new(
        "SLACK",
        "Writes into a channel of Slack, Mattermost or Rocket.Chat by an incoming webhook.",
        Address: null,
        [
            new("url", ParameterKind.Url, "URL", "The URL of the incoming webhook.") { IsRequired = true, IsSecret = true },
            new("channel", ParameterKind.Text, "NAME", "The channel to write into, where the webhook may write into others. Slack itself knows only that of the webhook.")
            {
                Default = "that of the webhook",
            },
            new("username", ParameterKind.Text, "NAME", "The name that the messages come from, where the webhook lets it be chosen.") { Default = "that of the webhook" },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var outcome = base.Judge(request, answer);
        if (outcome.Result is SendResult.Delivered)
        {
            return SlackAnswer.Refusal(request, answer) ?? outcome;
        }

        return outcome with { Hint = SlackAnswer.Hint(answer) ?? outcome.Hint };
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(
            UrlParameter.Of(values, "url"),
            SlackBody.Of(message, telling.Id, values.Text("channel"), values.Text("username")));
    }
}
