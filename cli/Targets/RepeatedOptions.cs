using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary>The options that may be given several times, each for a name and a value: headers, and secret parameters of the query.</summary>
internal static class RepeatedOptions
{
    public static RequestField<Target> Headers(TargetField field)
    {
        var option = Parsed.Texts(field.Option, field.HelpName, field.Help);
        option.Aliases.Add("-H");
        return TargetOptions.Of(field, option, (target, given, session) => target.Headers.Add(given.SelectMany(text => Lines(session, option, text)).Select(HeaderOf)));
    }

    public static RequestField<Target> Query(TargetField field)
    {
        var option = Parsed.Texts(field.Option, field.HelpName, field.Help);
        return TargetOptions.Of(field, option, (target, given, session) => target.QuerySecrets.Add(given.SelectMany(text => ParametersOf(session, option, text))));
    }

    private static IEnumerable<QueryParameter> ParametersOf(Session session, Option option, string given) => given is ['@', ..] or "-"
        ? Lines(session, option, given).Select(line => ParameterOf(line, value => value))
        : [ParameterOf(given, value => session.TextOrFile(option, value).TrimEnd('\r', '\n'))];

    private static string[] Lines(Session session, Option option, string given)
        => session.TextOrFile(option, given).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Not repeated in the error: it may be a secret.
    private static Header HeaderOf(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        ? new Header { Name = text[..colon].Trim(), Value = text[(colon + 1)..].Trim() }
        : throw CliFault.Usage("--header: must be 'Name: value', in quotes");

    // Not repeated in the error: it may be a secret.
    private static QueryParameter ParameterOf(string text, Func<string, string> read) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? new QueryParameter { Name = text[..equals].Trim(), Value = read(text[(equals + 1)..]) }
        : throw CliFault.Usage("--secret-query: must be NAME=VALUE, in quotes");
}
