using System.Text;

namespace Skypunch.Cli.Terminal;

/// <summary>What a run of the command line sees of its process: streams, environment, clock, terminal.</summary>
internal sealed class Surroundings
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Errors and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a secret is read from when its option is "-".</summary>
    public required Func<TextReader> In { get; init; }

    /// <summary>Reads a line that somebody types without showing it; null where stdin is no terminal.</summary>
    public Func<string>? AskHidden { get; init; }

    /// <summary>A variable of the environment; an empty one counts as none.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock, and the time zone of what is printed.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The columns of the terminal that <see cref="Out"/> is; null for a pipe or a file.</summary>
    public int? TerminalWidth { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The folder of the program itself.</summary>
    public required string ProgramFolder { get; init; }

    /// <summary>Whether results may have colours: on a terminal, unless NO_COLOR (no-color.org) or TERM=dumb says otherwise.</summary>
    public bool Colors => TerminalWidth is not null && Environment("NO_COLOR") is null && Environment("TERM") != "dumb";

    /// <summary>
    /// Whether block characters can be read: where the locale says UTF-8, and on Windows where no locale says otherwise; not on a dumb terminal or on Linux's text console,
    /// whose fonts lack most of them.
    /// </summary>
    public bool HasBlocks => Environment("TERM") is not ("dumb" or "linux")
        && ((Environment("LC_ALL") ?? Environment("LC_CTYPE") ?? Environment("LANG")) is { } locale
            ? locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase)
            : OperatingSystem.IsWindows());

    public static Surroundings OfProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8; // elsewhere the locale says so
        }

        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            In = () => Console.In,
            AskHidden = Console.IsInputRedirected ? null : HiddenLine.Read,
            Environment = name => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
            Time = TimeProvider.System,
            TerminalWidth = Console.IsOutputRedirected ? null : WidthOfTerminal(),
            ErrorIsTerminal = !Console.IsErrorRedirected,
            ProgramFolder = AppContext.BaseDirectory,
        };
    }

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80; // a terminal that does not tell
        }
    }
}
