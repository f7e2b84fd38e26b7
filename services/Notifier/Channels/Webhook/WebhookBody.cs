using System.Text.Json;
using System.Text.Json.Serialization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Webhook;

/// <summary>The JSON of a webhook, as docs/notifiers.md explains it: members may be added, none is renamed or dropped. Pure.</summary>
internal static class WebhookBody
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of(Telling telling) => JsonSerializer.Serialize(
        new
        {
            telling.Id,
            Type = $"skypunch.{TypeOf(telling.Change)}",
            Timestamp = (telling.Change?.At ?? telling.At).UtcDateTime,
            Data = DataOf(telling),
        },
        Shape);

    private static string TypeOf(TargetStatusChanged? change) => change switch
    {
        null => "test",
        { Notice: not null } => "notice",
        { To: "PASS" } => "target.recovered",
        _ => "target.failed",
    };

    private static object DataOf(Telling telling) => telling.Change switch
    {
        null => new { telling.Notifier },
        { Notice: { } notice } => new { notice.Kind, notice.About, notice.TargetId, notice.Subject, notice.Text },
        { } change => new
        {
            Target = new { Id = change.TargetId, change.Name, Url = SafeUrl.Of(change.Url), Description = change.TargetDescription },
            change.From,
            change.To,
            Since = change.Since?.UtcDateTime,
            change.Reason,
            change.Description,
            change.Advice,
        },
    };
}
