using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Channels;

/// <summary>
/// The values of a notifier's parameters, read as their channel describes them. What every channel refuses is refused here: a text that
/// cannot be read, an unknown key, a missing value, a word that is not among the choices, a number out of its range. No fault repeats a
/// value, since any value may be a secret in the wrong place. Pure.
/// </summary>
internal sealed class ParameterValues
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private ParameterValues(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>Reads the text.</summary>
    /// <param name="parameters">The parameters that the channel has.</param>
    /// <param name="text">The text (<see cref="ParameterText"/>); null counts as empty.</param>
    /// <param name="values">The values, also where some of them are at fault; null where the text cannot be read.</param>
    /// <param name="faults">All that is wrong, each as the end of a sentence that begins with the field's name.</param>
    public static bool TryRead(
        IReadOnlyList<ChannelParameter> parameters,
        string? text,
        [NotNullWhen(true)] out ParameterValues? values,
        out List<string> faults)
    {
        values = null;
        if (text?.Length > StoredNotifier.LongestParams)
        {
            faults = [$"must have at most {StoredNotifier.LongestParams} characters"];
            return false;
        }

        if (!ParameterText.TryParse(text, out var read, out var error))
        {
            faults = [error];
            return false;
        }

        values = new ParameterValues(read);
        faults = [.. parameters.Select(values.FaultOf).OfType<string>(), .. UnknownKeys(parameters, read)];
        return true;
    }

    /// <summary>The value; null where there is none, or an empty one.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The value of a choice, in lower case.</summary>
    public string? Choice(string name) => Text(name)?.ToLowerInvariant();

    /// <summary>The number; null where there is no value, or the value is no number.</summary>
    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether the value is yes.</summary>
    public bool YesNo(string name, bool @default) => Choice(name) is { } word ? word is "yes" : @default;

    private string? FaultOf(ChannelParameter parameter) => (Text(parameter.Name), parameter.Kind) switch
    {
        (null, _) => parameter.IsRequired ? $"must have {parameter.Name}={parameter.Value}: {Inner(parameter.Help)}" : null,
        (_, ParameterKind.YesNo) => Choice(parameter.Name) is "yes" or "no" ? null : $"must have yes or no as {parameter.Name}",
        (_, ParameterKind.Choice) when !parameter.Choices.Contains(Choice(parameter.Name)) => $"must have {List(parameter.Choices)} as {parameter.Name}",
        (_, ParameterKind.Number) when Number(parameter.Name) is not { } number || number < 1 || number > parameter.Most =>
            $"must have a number from 1 to {parameter.Most} as {parameter.Name}",
        _ => null,
    };

    // An unknown key is named by its position alone: what looks like a key may be the end of a password with a comma.
    private static IEnumerable<string> UnknownKeys(IReadOnlyList<ChannelParameter> parameters, IReadOnlyDictionary<string, string> read)
        => read.Keys.Index().Where(part => parameters.All(known => known.Name != part.Item)).Select(part
            => $"has an unknown key in part {part.Index + 1}; the keys are {string.Join(", ", parameters.Select(p => p.Name))}; put a value with a comma in double quotes");

    private static string Inner(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    private static string List(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
