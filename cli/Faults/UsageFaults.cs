using System.CommandLine;
using System.Text.RegularExpressions;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Faults;

/// <summary>What is wrong with a command line, and where to read how it should be.</summary>
internal static partial class UsageFaults
{
    public static CliFault Describe(ParseResult given)
    {
        var values = ValuesOfUnknownOptions(given);
        var lines = given.Errors.Select(e => e.Message).Except(values).Select(Masked).ToList();
        if (HasHeaderWithoutQuotes(given))
        {
            lines = ["--header: must be 'Name: value', in quotes"];
        }
        else if (lines.Count == 0)
        {
            lines.Add("this command needs more");
        }

        return new("USAGE", ExitCodes.Usage, [.. lines.Select(l => new FaultLine(l))])
        {
            Hint = $"'{PathOf(given)} --help' shows how it is used",
        };
    }

    // What follows an unknown option may be that option's value. The value is not wrong, and it may be a secret.
    private static IEnumerable<string> ValuesOfUnknownOptions(ParseResult given)
        => given.UnmatchedTokens.Any(IsOption)
            ? given.UnmatchedTokens.Where(token => !IsOption(token)).Select(token => $"Unrecognized command or argument '{token}'.")
            : [];

    // Without quotes the shell cuts the value into pieces, and these may be pieces of a secret.
    private static bool HasHeaderWithoutQuotes(ParseResult given)
        => given.Tokens.Zip(given.Tokens.Skip(1)).Any(pair => pair.First.Value is "-H" or "--header" && pair.Second.Value.EndsWith(':'));

    private static bool IsOption(string token) => token.StartsWith("--", StringComparison.Ordinal);

    private static string PathOf(ParseResult given)
    {
        var names = new List<string>();
        for (var result = given.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "skypunch" : result.Command.Name);
        }

        return string.Join(' ', names);
    }

    // A part of --params that was left unquoted comes back here, and errors end up in the logs of other systems.
    private static string Masked(string message) => Assignment().Replace(message, "'$1=***'").TrimEnd('.');

    [GeneratedRegex("'([^'=]*)=[^']*'")]
    private static partial Regex Assignment();
}
