using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Apprise;

/// <summary>Sends by an Apprise gateway, which knows more than a hundred further ways.</summary>
internal sealed class AppriseChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestBody = 4000;

    // The gateway could not reach one of its receivers. Those that it has reached get the message again with each attempt.
    private const int NotAllReached = 424;
    private const int MostAttempts = 3;

    public override ChannelDescription Description { get; } = new(
        "APPRISE",
        "Sends by an Apprise gateway (apprise-api), and so to all that Apprise knows.",
        Address: null,
        [
            new("server", ParameterKind.Url, "URL", "The gateway.") { IsRequired = true },
            new("key", ParameterKind.Text, "KEY", "The key of a configuration that the gateway keeps.") { IsRequired = true, IsSecret = true },
            new("tag", ParameterKind.Text, "TAG", "Which of the configuration's receivers are told.") { Default = "all" },
            new("user", ParameterKind.Text, "NAME", "Whom to log in as, where the gateway is behind a login. It comes with password."),
            new("password", ParameterKind.Text, "PASSWORD", "The password of the user.") { IsSecret = true },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer) => answer.Status switch
    {
        204 => HttpVerdict.Refused(request, answer, "The gateway has no configuration of this key, or none of its receivers has the tag."),
        NotAllReached when request.Attempt < MostAttempts => HttpVerdict.Later(request, answer) with { ServerFault = false, Hint = "The gateway could not reach one of its receivers: see its log." },
        NotAllReached => HttpVerdict.Refused(request, answer, "The gateway could not reach one of its receivers: see its log."),
        _ => base.Judge(request, answer),
    };

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        foreach (var fault in LoginParameters.Faults(values))
        {
            yield return fault;
        }

        if (values.Text("key") is { } key && (key.Length > 128 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            yield return "must have 1 to 128 letters, digits, '-' or '_' as key";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(
            UrlParameter.Below(UrlParameter.Of(values, "server"), $"notify/{values.Text("key")}"),
            new
            {
                title = message.SignedTitle,
                body = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestBody),
                type = message.Tone switch { ChatTone.Failure => "failure", ChatTone.Recovery => "success", ChatTone.Notice => "warning", _ => "info" },
                format = "text",
                tag = values.Text("tag"),
            },
            LoginParameters.Headers(values));
    }
}
