using System.Text;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Ntfy;

/// <summary>Publishes to a topic of ntfy.</summary>
internal sealed class NtfyChannel(HttpNetwork network) : HttpChannel(network)
{
    private const string Server = "https://ntfy.sh";
    private const int LongestMessage = 4000; // in bytes; from 4,096 on it becomes a file
    private const int DefaultPriority = 4;
    private const int QuietPriority = 3;

    // The quota of a day is used up. Whoever pays for more, or waits, gets the message.
    private const double DailyQuota = 42908;

    public override ChannelDescription Description { get; } = new(
        "NTFY",
        "Publishes to a topic of ntfy, which apps on phones subscribe to.",
        Address: null,
        [
            new("topic", ParameterKind.Text, "NAME", "The topic. On a public server whoever knows it can read it.") { IsRequired = true, IsSecret = true },
            new("server", ParameterKind.Url, "URL", "The server.") { Default = Server },
            new("token", ParameterKind.Text, "TOKEN", "An access token.") { IsSecret = true },
            new("user", ParameterKind.Text, "NAME", "Whom to log in as, in place of a token. It comes with password."),
            new("password", ParameterKind.Text, "PASSWORD", "The password of the user.") { IsSecret = true },
            new("priority", ParameterKind.Number, "NUMBER", "The priority of failures, from 1 (no sound) to 5 (rings for long).") { Most = 5, Default = $"{DefaultPriority}" },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
        => base.Judge(request, answer) is var outcome && answer.Status == 429 && AnswerFields.Of(answer).Number("code") is DailyQuota
            ? outcome with { After = outcome.After ?? TimeSpan.FromHours(1), Hint = "The server takes no more messages today." }
            : outcome;

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        foreach (var fault in LoginParameters.Faults(values))
        {
            yield return fault;
        }

        if (values.Text("topic") is { } topic && (topic.Length > 64 || !topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            yield return "must have 1 to 64 letters, digits, '-' or '_' as topic";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(
            UrlParameter.Below(UrlParameter.Of(values, "server", Server), ""),
            new
            {
                topic = values.Text("topic"),
                title = message.Title,
                message = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestMessage, measure: Encoding.UTF8.GetByteCount),
                priority = message.Tone is ChatTone.Failure ? values.Number("priority") ?? DefaultPriority : QuietPriority,
                tags = new[] { TagOf(message.Tone) },
            },
            LoginParameters.Headers(values));
    }

    // ntfy shows a tag that names an emoji as that emoji before the title.
    private static string TagOf(ChatTone tone) => tone switch
    {
        ChatTone.Failure => "red_circle",
        ChatTone.Recovery => "green_circle",
        ChatTone.Notice => "yellow_circle",
        _ => "large_blue_circle",
    };
}
