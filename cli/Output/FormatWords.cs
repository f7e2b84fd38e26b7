namespace Skypunch.Cli.Output;

/// <summary>The words for the formats, as <c>--output</c> takes them.</summary>
internal static class FormatWords
{
    /// <summary>All of them, in the order in which helps and faults name them.</summary>
    public static readonly (string Word, OutputFormat Value)[] All =
    [
        ("table", OutputFormat.Table),
        ("wide", OutputFormat.Wide),
        ("json", OutputFormat.Json),
        ("csv", OutputFormat.Csv),
        ("yaml", OutputFormat.Yaml),
    ];
}
