using System.Globalization;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels.Chat;

namespace Skypunch.Notifier.Channels.Alertmanager;

/// <summary>
/// The alerts of a message, as Alertmanager's API v2 takes them. It knows an alert by its labels: those of a failure and of its recovery are
/// the same, unless the target is edited meanwhile. Pure.
/// </summary>
internal static class AlertmanagerAlerts
{
    private const int LongestLabel = 300;
    private const int LongestText = 2000;

    // A notice and a test message begin and are over.
    private static readonly TimeSpan Passing = TimeSpan.FromHours(1);

    /// <summary>Makes the alerts: one, or those of a digest.</summary>
    /// <param name="telling">What is told.</param>
    /// <param name="severity">The severity of failures.</param>
    /// <param name="lasts">After how long a failure's alert ends where no recovery comes.</param>
    public static object Of(Telling telling, string severity, TimeSpan lasts) => telling switch
    {
        { Digest: { } parts } => parts.Select(part => OfTelling(telling with { Id = part.Id, Digest = null, Change = part.Change }, severity, lasts)).ToArray(),
        _ => new[] { OfTelling(telling, severity, lasts) },
    };

    private static object OfTelling(Telling telling, string severity, TimeSpan lasts)
    {
        var message = ChatMessage.Of(telling);
        var (startsAt, endsAt) = telling.Change switch
        {
            { Notice: null, To: "PASS" } change => (change.Since ?? change.At, change.At),
            { Notice: null } => (message.At, message.At + lasts),
            _ => (message.At, message.At + Passing),
        };
        return new
        {
            labels = LabelsOf(telling, severity),
            annotations = new
            {
                summary = message.Title,
                description = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestText),
                message_id = telling.Id,
            },
            startsAt = startsAt.UtcDateTime,
            endsAt = endsAt.UtcDateTime,
        };
    }

    private static Dictionary<string, string> LabelsOf(Telling telling, string severity)
    {
        var labels = new Dictionary<string, string>();
        switch (telling.Change)
        {
            case null:
                (labels["alertname"], labels["severity"], labels["notifier"]) = ("SkypunchTest", "info", Value(telling.Notifier));
                break;

            case { Notice: { } notice }:
                (labels["alertname"], labels["severity"], labels["kind"], labels["about"]) = ("SkypunchNotice", "warning", Value(notice.Kind), Value(notice.About));
                break;

            case { } change:
                AddOwn(labels, change);
                (labels["alertname"], labels["severity"], labels["target_id"]) = ("SkypunchTargetDown", severity, change.TargetId.ToString(CultureInfo.InvariantCulture));
                (labels["target"], labels["instance"], labels["group"]) = (Value(change.Name), Value(SafeUrl.Of(change.Url)), Value(change.Group));
                break;
        }

        return labels.Where(label => label.Value.Length > 0).ToDictionary(); // an empty label is none
    }

    // What the target's labels are called must not hide what Skypunch says.
    private static void AddOwn(Dictionary<string, string> labels, TargetStatusChanged change)
    {
        foreach (var (key, value) in change.Labels ?? new Dictionary<string, string>())
        {
            labels[Name(key)] = Value(value);
        }
    }

    // The names that every Alertmanager takes (Prometheus data model): letters, digits and "_".
    private static string Name(string key)
    {
        var name = new StringBuilder(key.Length + 1);
        foreach (var c in ClippedText.OfLine(key, LongestLabel))
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"_{name}" : name.ToString();
    }

    private static string Value(string? text) => ClippedText.OfLine(text, LongestLabel);
}
