using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Pushover;

/// <summary>Sends to the apps of Pushover.</summary>
internal sealed class PushoverChannel(HttpNetwork network) : HttpChannel(network)
{
    private const string Api = "https://api.pushover.net";
    private const int LongestTitle = 250;
    private const int LongestMessage = 1024;

    private static readonly string[] Priorities = ["lowest", "low", "normal", "high"]; // from -2 on

    public override ChannelDescription Description { get; } = new(
        "PUSHOVER",
        "Sends to the apps of Pushover.",
        Address: null,
        [
            new("token", ParameterKind.Text, "TOKEN", "The API token of an application.") { IsRequired = true, IsSecret = true },
            new("user", ParameterKind.Text, "KEY", "The key of a user or of a group.") { IsRequired = true, IsSecret = true },
            new("device", ParameterKind.Text, "NAME", "The device to send to.") { Default = "all of the user" },
            new("priority", ParameterKind.Choice, "WORD", "The priority of failures. With high, quiet hours of the phone do not count.") { Choices = Priorities, Default = "high" },
            new("sound", ParameterKind.Text, "NAME", "The sound of failures.") { Default = "that of the user" },
            new("api", ParameterKind.Url, "URL", "The server.") { Default = Api },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var outcome = base.Judge(request, answer);
        if (outcome.Result is SendResult.Delivered && AnswerFields.Of(answer).Number("status") is { } status and not 1)
        {
            return HttpVerdict.Refused(request, answer);
        }

        return answer.Status == 429 ? outcome with { After = outcome.After ?? TimeSpan.FromHours(1), Hint = "The messages of this month are used up." } : outcome;
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        var isFailure = message.Tone is ChatTone.Failure;
        return HttpCall.Form(
            UrlParameter.Below(UrlParameter.Of(values, "api", Api), "1/messages.json"),
            [
                new("token", values.Text("token")),
                new("user", values.Text("user")),
                new("device", values.Text("device")),
                new("title", ClippedText.Of(message.SignedTitle, LongestTitle)),
                new("message", ChatText.Write(message.Lines, ChatMarkup.Plain, LongestMessage)),
                new("priority", $"{(isFailure ? Array.IndexOf(Priorities, values.Choice("priority") ?? "high") - 2 : 0)}"),
                new("sound", isFailure ? values.Text("sound") : null),
                new("timestamp", $"{message.At.ToUnixTimeSeconds()}"),
            ]);
    }
}
