using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Options;

/// <summary>
/// Options whose text is checked while the command line is read, so that all that is wrong with it is said at once and with the option's
/// name.
/// </summary>
internal static class Parsed
{
    /// <summary>A text that is taken as it is.</summary>
    public static Option<string> Text(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description };

    /// <summary>Texts that are taken as they are: the option may be given several times.</summary>
    public static Option<string[]> Texts(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>A <see cref="DurationText"/> of whole seconds.</summary>
    public static Option<Duration> Duration(string name, string description)
        => Duration(name, description, "must be whole seconds, such as 10s, 5m, 1h or 90", duration => duration.Nanos == 0);

    /// <summary>A <see cref="DurationText"/>, which may be parts of a second.</summary>
    public static Option<Duration> Time(string name, string description)
        => Duration(name, description, "must be a time, such as 10s, 1.5s, 500ms, 5m or 90", _ => true);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<int> Number(string name, string description, int least = 0, int most = int.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => int.TryParse(TextOf(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
                ? number
                : Reject<int>(result, name, $"must be a whole number from {least}{(most == int.MaxValue ? "" : $" to {most}")}"),
    };

    /// <summary>A text that <paramref name="read"/> understands; it gives null for one that it does not.</summary>
    public static Option<T?> Of<T>(string name, string helpName, string description, string remedy, Func<string, T?> read)
        where T : class
        => new(name) { HelpName = helpName, Description = description, CustomParser = result => read(TextOf(result)) ?? Reject<T>(result, name, remedy) };

    /// <summary>One of some words, in upper or lower case.</summary>
    public static Option<T> Choice<T>(string name, string helpName, string description, params (string Word, T Value)[] choices)
    {
        var option = new Option<T>(name)
        {
            Arity = ArgumentArity.ExactlyOne,
            HelpName = helpName,
            Description = description,
            CustomParser = result => Matching(TextOf(result)) is [var (_, value)]
                ? value
                : Reject<T>(result, name, $"must be {Alternatives(choices.Select(c => c.Word))}"),
        };
        option.CompletionSources.Add(_ => choices.Select(c => new System.CommandLine.Completions.CompletionItem(c.Word)));
        return option;

        (string Word, T Value)[] Matching(string text) => [.. choices.Where(c => c.Word.Equals(text, StringComparison.OrdinalIgnoreCase))];
    }

    private static Option<Duration> Duration(string name, string description, string remedy, Func<Duration, bool> fits) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result => DurationText.TryParse(TextOf(result), out var time) && time.ToDuration() is var duration && fits(duration)
            ? duration
            : Reject<Duration>(result, name, remedy),
    };

    private static string TextOf(ArgumentResult result) => result.Tokens is [var token] ? token.Value : "";

    private static T? Reject<T>(ArgumentResult result, string name, string remedy)
    {
        result.AddError($"{name}: {remedy}");
        return default;
    }

    /// <summary>Such as "a, b or c".</summary>
    public static string Alternatives(IEnumerable<string> words)
        => words.ToArray() is [_, _, ..] and [.. var first, var last] ? $"{string.Join(", ", first)} or {last}" : string.Join("", words);
}
