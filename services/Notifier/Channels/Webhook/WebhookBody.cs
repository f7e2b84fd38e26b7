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
        telling.Digest is { } parts ? DigestOf(telling.Id, parts) : MessageOf(telling.Id, telling.Change, telling.Change?.At ?? telling.At, telling.Notifier),
        Shape);

    private static object DigestOf(string id, IReadOnlyList<DigestPart> parts)
    {
        var summary = new DigestSummary(parts);
        return new
        {
            Id = id,
            Type = "skypunch.digest",
            Timestamp = summary.Latest.UtcDateTime,
            Data = new
            {
                Failed = summary.Failed.Count,
                Recovered = summary.Recovered.Count,
                Reasons = summary.Reasons.ToDictionary(),
                Messages = parts.Select(part => MessageOf(part.Id, part.Change, part.Change.At, notifier: "")),
            },
        };
    }

    private static object MessageOf(string id, TargetStatusChanged? change, DateTimeOffset at, string notifier)
        => new { Id = id, Type = $"skypunch.{TypeOf(change)}", Timestamp = at.UtcDateTime, Data = DataOf(change, notifier) };

    private static string TypeOf(TargetStatusChanged? change) => change switch
    {
        null => "test",
        { Notice: not null } => "notice",
        { To: "PASS" } => "target.recovered",
        _ => "target.failed",
    };

    private static object DataOf(TargetStatusChanged? told, string notifier) => told switch
    {
        null => new { Notifier = notifier },
        { Notice: { } notice } => new { notice.Kind, notice.About, notice.TargetId, notice.Subject, notice.Text },
        { } change => new
        {
            Target = new { Id = change.TargetId, change.Name, Url = SafeUrl.Of(change.Url), Description = change.TargetDescription, change.Group, change.Labels },
            change.From,
            change.To,
            Since = change.Since?.UtcDateTime,
            change.Reason,
            change.Description,
            change.Advice,
        },
    };
}
