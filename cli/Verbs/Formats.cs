using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Verbs;

/// <summary>Which commands print which format.</summary>
internal static class Formats
{
    /// <summary>What every command prints that has a result.</summary>
    public static readonly IReadOnlyList<OutputFormat> Common = [OutputFormat.Table, OutputFormat.Json];

    /// <summary>The formats of what one may want to calculate with.</summary>
    public static readonly IReadOnlyList<OutputFormat> Calculable = [.. Common, OutputFormat.Csv];

    /// <summary>Refuses a format that the command does not print.</summary>
    /// <exception cref="CliFault">It does not.</exception>
    public static void Check(OutputFormat given, VerbCommand command)
    {
        if (!command.Formats.Contains(given))
        {
            var mine = Parsed.Alternatives(FormatWords.All.Where(word => command.Formats.Contains(word.Value)).Select(word => word.Word));
            throw CliFault.Usage($"--output: must be {mine}; {Printers(given)}");
        }
    }

    private static string Printers(OutputFormat format) => format switch
    {
        OutputFormat.Csv => "only 'incidents', 'uptime', 'report' and 'targets ID history' print csv",
        OutputFormat.Wide => "only 'targets' prints wide",
        _ => "only 'export' prints yaml",
    };
}
