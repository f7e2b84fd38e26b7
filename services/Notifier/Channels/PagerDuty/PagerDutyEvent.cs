using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels.Chat;

namespace Skypunch.Notifier.Channels.PagerDuty;

/// <summary>An event of PagerDuty. Pure.</summary>
internal static class PagerDutyEvent
{
    private const int LongestSummary = 1024;
    private const int LongestDetail = 4000;

    public static object Of(Telling telling, string routingKey, string key, string severity)
    {
        if (telling.Change is { Notice: null, To: "PASS" })
        {
            return new { routing_key = routingKey, event_action = "resolve", dedup_key = key };
        }

        var message = ChatMessage.Of(telling);
        var change = telling.Change is { Notice: null } told ? told : null;
        return new
        {
            routing_key = routingKey,
            event_action = "trigger",
            dedup_key = key,
            client = "Skypunch",
            payload = new
            {
                summary = ClippedText.OfLine(change is null ? message.Title : $"{message.Title}: {change.Description}", LongestSummary),
                source = ClippedText.OfLine(change is null ? "Skypunch" : SafeUrl.Of(change.Url), LongestSummary) is { Length: > 0 } source ? source : "Skypunch",
                severity = message.Tone switch { ChatTone.Failure => severity, ChatTone.Notice => "warning", _ => "info" },
                timestamp = message.At.UtcDateTime,
                component = change is null ? null : ClippedText.OfLine(change.Name, LongestSummary),
                group = change?.Group is { Length: > 0 } group ? ClippedText.OfLine(group, LongestSummary) : null,
                @class = change is null ? null : ClippedText.OfLine(change.Reason, LongestSummary),
                custom_details = DetailsOf(telling, message, change),
            },
        };
    }

    private static object DetailsOf(Telling telling, ChatMessage message, TargetStatusChanged? change) => new
    {
        message_id = telling.Id,
        text = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestDetail),
        labels = change?.Labels?.Take(32).DistinctBy(label => ClippedText.OfLine(label.Key, 100)).ToDictionary(label => ClippedText.OfLine(label.Key, 100), label => ClippedText.OfLine(label.Value, 300)),
    };
}
