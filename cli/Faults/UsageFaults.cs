using System.CommandLine;
using System.Text.RegularExpressions;

namespace Skypunch.Cli.Faults;

/// <summary>What is wrong with a command line, and where to read how it should be.</summary>
internal static partial class UsageFaults
{
    public static CliFault Describe(ParseResult given)
    {
        var lines = given.Errors.Select(e => Masked(e.Message)).Distinct().ToList();
        if (lines.Count == 0)
        {
            lines.Add("this command needs more");
        }

        return new("USAGE", ExitCodes.Usage, [.. lines.Select(l => new FaultLine(l))])
        {
            Hint = $"'{PathOf(given)} --help' shows how it is used",
        };
    }

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
