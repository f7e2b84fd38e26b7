using System.Globalization;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Fields;
using Skypunch.Contracts.Texts;
using Enum = System.Enum;

namespace Skypunch.Web.Targets;

/// <summary>
/// The fields of a target as texts of a form, made of <see cref="TargetFields"/>: only a field that is a list has a line of its own here. Pure.
/// </summary>
public static class TargetTexts
{
    /// <summary>The fields whose values the API never tells. Nothing typed keeps them.</summary>
    private static readonly string[] Hidden = ["authn_params", "body", "tls.client_key"];

    /// <summary>Whether the API never tells the value.</summary>
    public static bool IsHidden(TargetField field) => Hidden.Contains(field.Name);

    /// <summary>The value as a text.</summary>
    public static string Of(TargetField field, Target target) => field.Name switch
    {
        _ when IsHidden(field) => "",
        "labels" => string.Join('\n', target.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")),
        "assertions" => string.Join('\n', target.Assertions),
        "headers" => string.Join('\n', target.Headers.Select(h => $"{h.Name}: {h.Value}".TrimEnd())),
        "query_secrets" => string.Join('\n', target.QuerySecrets.Select(p => $"{p.Name}={p.Value}")),
        "enabled" => target is { HasEnabled: true, Enabled: false } ? "false" : "true",
        _ when field.Words.Count > 0 => field.Words.FirstOrDefault(w => w.Value.Equals(field.ValueOf(target) as Enum)).Word ?? "",
        _ => field.TextOf(target),
    };

    /// <summary>Sets the value.</summary>
    /// <returns>What is wrong with the text, as the end of a sentence; null: nothing.</returns>
    public static string? Set(TargetField field, Target target, string text)
    {
        switch (field.Name)
        {
            case "labels":
                return EachLine(text, line => LabelText.TryRead(line, out var key, out var value) && target.Labels.TryAdd(key, value), "must be KEY=VALUE, each key on a line of its own");
            case "assertions":
                target.Assertions.Add(LinesOf(text));
                return null;
            case "headers":
                return EachLine(text, line => AddHeader(target, line), "must be 'Name: value', each on a line of its own");
            case "query_secrets":
                return EachLine(text, line => AddQuerySecret(target, line), "must be NAME=VALUE, each on a line of its own");
            case "enabled":
                target.Enabled = text != "false";
                return null;
        }

        return SetPlain(field, target, text);
    }

    private static string? SetPlain(TargetField field, Target target, string text)
    {
        switch (field.Type)
        {
            case FieldType.Bool:
                field.Set(target, text == "true");
                return null;
            case FieldType.String:
                field.Set(target, text);
                return null;
            case FieldType.Enum:
                var found = field.Words.FirstOrDefault(w => w.Word.Equals(text, StringComparison.OrdinalIgnoreCase)).Value;
                field.Set(target, found);
                return text.Length == 0 || found is not null ? null : $"must be {string.Join(", ", field.Words.Select(w => w.Word))}";
            case FieldType.Int32:
                var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
                field.Set(target, isNumber ? number : null);
                return text.Length == 0 || isNumber ? null : "must be a number";
            default:
                var isTime = DurationText.TryParse(text, out var time);
                field.Set(target, isTime && (time > TimeSpan.Zero || field.Name != "retry_interval") ? Duration.FromTimeSpan(time) : null);
                return text.Length == 0 || isTime ? null : "must be a time such as 500ms, 10s, 5m or 1h";
        }
    }

    private static string? EachLine(string text, Func<string, bool> add, string fault) => LinesOf(text).All(add) ? null : fault;

    private static bool AddHeader(Target target, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            target.Headers.Add(new Header { Name = line[..colon].Trim(), Value = line[(colon + 1)..].Trim() });
        }

        return colon > 0;
    }

    private static bool AddQuerySecret(Target target, string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            target.QuerySecrets.Add(new QueryParameter { Name = line[..equals].Trim(), Value = line[(equals + 1)..] });
        }

        return equals > 0;
    }

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
