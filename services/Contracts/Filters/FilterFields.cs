using System.Globalization;
using Skypunch.Contracts.Texts;

namespace Skypunch.Contracts.Filters;

/// <summary>A field that a filter may name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signs">The signs that compare it.</param>
/// <param name="Read">What a comparison with it means, as if the sign were = in place of !=; null: the comparison was refused.</param>
internal sealed record FilterField(string Name, string[] Signs, Func<FilterComparison, Filter?> Read);

/// <summary>A comparison as it is written.</summary>
/// <param name="cursor">Takes what is wrong.</param>
/// <param name="name">The field's name, with the key of a label.</param>
/// <param name="at">Where it begins, from 0.</param>
/// <param name="sign">The sign.</param>
/// <param name="value">The value.</param>
internal sealed class FilterComparison(FilterCursor cursor, string name, int at, string sign, FilterValue value)
{
    public string Name => name;

    public string Sign => sign;

    public FilterValue Value => value;

    public Filter? RefuseName(string words) => cursor.Refuse(at, words);

    public Filter? RefuseValue(string words) => cursor.Refuse(value.At, words);
}

/// <summary>The fields that a filter may name, each told once.</summary>
internal static class FilterFields
{
    private const string OfLabels = "labels.";

    private static readonly string[] Exact = ["=", "!="];
    private static readonly string[] Parts = ["=", "!=", ":"];
    private static readonly string[] Ordered = ["=", "!=", "<", "<=", ">", ">="];

    private static readonly FilterField[] All =
    [
        OfText("name", TextField.Name),
        OfText("url", TextField.Url),
        OfText("description", TextField.Description),
        OfWord("status", TextField.Status, ["NEW", "PASS", "FAIL"]),
        OfText("reason", TextField.Reason),
        new("enabled", Exact, ReadEnabled),
        new("group", Parts, ReadGroup),
        new("labels.KEY", Parts, ReadLabel),
        new("labels", [":"], ReadKey),
        new("method", Exact, given => new TextIs(TextField.Method, ProbeMethods.Of(given.Value.Text))),
        OfWord("authn", TextField.Authn, [.. AuthnParameters.All]),
        new("frequency", Ordered, ReadFrequency),
        new("id", Ordered, ReadId),
    ];

    private static readonly string Names = string.Join(", ", All.Select(field => field.Name));

    /// <summary>All names but those that are refused, for people.</summary>
    public static string NamesWithout(IReadOnlyDictionary<string, string>? refused)
        => refused is null ? Names : string.Join(", ", All.Select(field => field.Name).Where(name => !refused.ContainsKey(name)));

    /// <summary>The field of a name in lower case; null: there is none.</summary>
    public static FilterField? Find(string name)
        => Array.Find(All, name.StartsWith(OfLabels, StringComparison.Ordinal) ? field => field.Name == "labels.KEY" : field => field.Name == name);

    private static FilterField OfText(string name, TextField field) => new(name, Parts, given => (given.Sign, given.Value) switch
    {
        (":", { IsStar: true }) => new Negated(new TextIs(field, "")),
        (":", { Text: var text }) => new TextHas(field, FoldedText.Of(text)),
        (_, { Text: var text }) => new TextIs(field, text),
    });

    private static FilterField OfWord(string name, TextField field, string[] words) => new(name, Exact, given
        => Array.Find(words, word => word.Equals(given.Value.Text, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new TextIs(field, found)
            : given.RefuseValue($"{name} is {string.Join(", ", words[..^1])} or {words[^1]}"));

    private static Filter? ReadEnabled(FilterComparison given) => given.Value.Text.ToLowerInvariant() switch
    {
        "true" => new IsEnabled(),
        "false" => new Negated(new IsEnabled()),
        _ => given.RefuseValue("enabled is true or false"),
    };

    private static Filter? ReadGroup(FilterComparison given) => (given.Sign, given.Value) switch
    {
        (":", { IsStar: true }) => new Negated(new TextIs(TextField.Group, "")),
        (":", { Text: var path }) => path.Trim('/') is { Length: > 0 } group
            ? new IsWithin(group)
            : given.RefuseValue("a group is missing; 'group : *' finds what is in any, 'group = \"\"' what is in none"),
        (_, { Text: var path }) => new TextIs(TextField.Group, path.Trim('/')),
    };

    private static Filter? ReadLabel(FilterComparison given)
    {
        var key = given.Name[OfLabels.Length..];
        return (LabelText.FaultOfKey(key), given.Sign, given.Value) switch
        {
            ({ } fault, _, _) => given.RefuseName($"'{key}' is no key of a label: it {fault}"),
            (_, ":", { IsStar: true }) => new HasLabel(key),
            (_, ":", { Text: var text }) => new LabelHas(key, FoldedText.Of(text)),
            (_, _, { Text: var text }) => new LabelIs(key, text),
        };
    }

    private static Filter? ReadKey(FilterComparison given)
        => LabelText.FaultOfKey(given.Value.Text) is { } fault ? given.RefuseValue($"'{given.Value.Text}' is no key of a label: it {fault}") : new HasLabel(given.Value.Text);

    private static Filter? ReadFrequency(FilterComparison given)
        => DurationText.TryParse(given.Value.Text, out var time) && time.Ticks % TimeSpan.TicksPerSecond == 0
            ? new NumberIs(NumberField.Frequency, SignOf(given), time.Ticks / TimeSpan.TicksPerSecond)
            : given.RefuseValue("frequency is a time in whole seconds, such as 30s, 5m or 1h");

    private static Filter? ReadId(FilterComparison given)
        => long.TryParse(given.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new NumberIs(NumberField.Id, SignOf(given), id)
            : given.RefuseValue("id is a whole number");

    private static Comparison SignOf(FilterComparison given) => (Comparison)Array.IndexOf(Comparisons.Signs, given.Sign == "=" ? "==" : given.Sign);
}
