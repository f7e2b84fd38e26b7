using System.CommandLine;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Options;

/// <summary>The options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    public GlobalOptions() => Output.Aliases.Add("-o");

    /// <summary>How results are printed.</summary>
    public Option<OutputFormat> Output { get; } =
        Parsed.Choice(
            "--output",
            "FORMAT",
            "table (the default) or json; 'targets' prints wide, too, the history csv, 'export' yaml.",
            FormatWords.All);

    public Option<string> Server { get; } =
        Parsed.Text("--server", "URL", "The server. Default: SKYPUNCH_SERVER, else the daemon that 'start' started.");

    public Option<string> TokenFile { get; } =
        Parsed.Text(
            "--token-file", "FILE", "The file with the token. Default: SKYPUNCH_TOKEN or SKYPUNCH_TOKEN_FILE, else the daemon's own.");

    public Option<string> Data { get; } =
        Parsed.Text(
            "--data", "DIR", "The daemon's folder. Default: SKYPUNCH_HOME, else $XDG_DATA_HOME/skypunch, else ~/.local/share/skypunch.");

    /// <summary>All options that every verb takes.</summary>
    public IReadOnlyList<Option> All => [Output, Server, TokenFile, Data];
}
