using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Teams;

/// <summary>Writes into Microsoft Teams by a flow of Workflows, which posts the card that it gets.</summary>
internal sealed class TeamsChannel(HttpNetwork network) : HttpChannel(network)
{
    // A flow takes four requests a second, and does not say when it takes more.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public override ChannelDescription Description { get; } = new(
        "TEAMS",
        "Writes into a channel or chat of Microsoft Teams by a flow of Workflows.",
        Address: null,
        [new("url", ParameterKind.Url, "URL", "The URL of the flow \"When a Teams webhook request is received\".") { IsRequired = true, IsSecret = true }]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var outcome = base.Judge(request, answer);

        // A webhook of a time before Workflows answers 200 and says in words what is wrong.
        if (outcome.Result is SendResult.Delivered && answer.Body.Contains("HTTP error", StringComparison.OrdinalIgnoreCase))
        {
            return answer.Body.Contains("429", StringComparison.Ordinal) ? HttpVerdict.Later(request, answer, Pause) : HttpVerdict.Refused(request, answer);
        }

        return answer.Status is 400 or 401 or 403 or 404 && outcome.Result is SendResult.Refused
            ? outcome with { Hint = "The flow is gone or turned off, or its URL has changed: see Workflows in Teams." }
            : outcome;
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
        => HttpCall.Json(UrlParameter.Of(values, "url"), TeamsCard.Of(ChatMessage.Of(telling), telling.Id));
}
