using System.Text.Json;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>The members of an answer's JSON object. What is not there, or of another kind, is null. Pure.</summary>
internal sealed class AnswerFields
{
    private readonly JsonElement _root;

    private AnswerFields(JsonElement root) => _root = root;

    /// <summary>Reads the body of an answer. A body that is no JSON has no members.</summary>
    public static AnswerFields Of(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return new AnswerFields(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new AnswerFields(default);
        }
    }

    public string? Text(params IEnumerable<string> path) => Find(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public double? Number(params IEnumerable<string> path) => Find(path) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var number) ? number : null;

    /// <summary>Whether the member is there and false.</summary>
    public bool IsFalse(string name) => Find([name]) is { ValueKind: JsonValueKind.False };

    /// <summary>A number of seconds as a time; null where there is none, or none that can be waited for.</summary>
    /// <param name="unit">How long 1 is.</param>
    /// <param name="path">Where the number stands.</param>
    public TimeSpan? Time(TimeSpan unit, params IEnumerable<string> path)
        => Number(path) is { } number && number >= 0 && number < TimeSpan.FromDays(365) / unit ? TimeSpan.FromSeconds(Math.Ceiling((unit * number).TotalSeconds)) : null;

    private JsonElement? Find(IEnumerable<string> path)
    {
        var found = _root;
        foreach (var name in path)
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found;
    }
}
