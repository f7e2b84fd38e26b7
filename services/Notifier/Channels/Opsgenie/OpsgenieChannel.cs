using Skypunch.Notifier.Channels.Alerts;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Opsgenie;

/// <summary>Opens and closes alerts of Opsgenie, or of Jira Service Management, which has the same API: one for each target.</summary>
internal sealed class OpsgenieChannel(HttpNetwork network) : HttpChannel(network)
{
    private const string Api = "https://api.opsgenie.com";

    private const int LongestMessage = 130;
    private const int LongestDescription = 15_000;

    private static readonly string[] Tags = ["skypunch"];

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public override ChannelDescription Description { get; } = new(
        "OPSGENIE",
        "Opens an alert of Opsgenie or Jira Service Management for each failure, and closes it with the recovery.",
        Address: null,
        [
            new("key", ParameterKind.Text, "KEY", "The key of an API integration.") { IsRequired = true, IsSecret = true },
            new("priority", ParameterKind.Choice, "WORD", "The priority of failures.") { Choices = ["p1", "p2", "p3", "p4", "p5"], Default = "p1" },
            AlertKey.Parameter,
            new("api", ParameterKind.Url, "URL", "The server: in Europe https://api.eu.opsgenie.com, of Jira Service Management https://api.atlassian.com/jsm/ops/integration.") { Default = Api },
        ])
    {
        TakesDigests = false,
    };

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var outcome = base.Judge(request, answer);
        return answer.Status switch
        {
            429 => outcome with { After = outcome.After ?? Pause },

            // An alert that is not there, or that somebody has deleted, is closed.
            404 when request.Url.AbsolutePath.EndsWith("/close", StringComparison.Ordinal) && answer.Body.Contains("not exist", StringComparison.OrdinalIgnoreCase) => SendOutcome.Delivered,
            _ => outcome,
        };
    }

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        if (AlertKey.FaultOf(values) is { } fault)
        {
            yield return fault;
        }

        if (values.Text("key") is { } key && key.Any(c => !char.IsAscii(c) || char.IsControl(c)))
        {
            yield return "must have a key of ASCII characters";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var (alias, api, login) = (AlertKey.Of(values, SingleAlert.Of(telling)), UrlParameter.Of(values, "api", Api), HttpCall.Authorization("GenieKey", values.Text("key")!));
        var message = ChatMessage.Of(telling);
        var description = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestDescription);
        if (message.Tone is ChatTone.Recovery)
        {
            return HttpCall.Json(UrlParameter.Below(api, $"v2/alerts/{alias}/close?identifierType=alias"), new { source = "Skypunch", note = description }, login);
        }

        return HttpCall.Json(
            UrlParameter.Below(api, "v2/alerts"),
            new
            {
                alias,
                message = ClippedText.Of(message.Title, LongestMessage),
                description,
                priority = (message.Tone is ChatTone.Failure ? values.Choice("priority") ?? "p1" : "p5").ToUpperInvariant(),
                tags = Tags,
                details = new { message_id = telling.Id },
                source = "Skypunch",
            },
            login);
    }
}
