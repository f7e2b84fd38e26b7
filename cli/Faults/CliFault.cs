using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Faults;

/// <summary>Ends a run with an error that the user can read. Its messages are whole lines without "error: ".</summary>
internal sealed class CliFault : Exception
{
    public CliFault(string code, int exitCode, params IReadOnlyList<FaultLine> lines)
        : base(string.Join(' ', lines.Select(l => l.Text)))
    {
        Code = code;
        ExitCode = exitCode;
        Lines = lines;
    }

    /// <summary>A stable word for programs: the name of the gRPC status, USAGE, or LOCAL for what concerns this machine.</summary>
    public string Code { get; }

    /// <summary>The exit code of the run.</summary>
    public int ExitCode { get; }

    /// <summary>What is wrong, a fault a line.</summary>
    public IReadOnlyList<FaultLine> Lines { get; }

    /// <summary>Where to read more; for people only.</summary>
    public string? Hint { get; init; }

    /// <summary>The command line is wrong.</summary>
    public static CliFault Usage(params string[] lines) => new("USAGE", ExitCodes.Usage, [.. lines.Select(l => new FaultLine(l))]);

    /// <summary>Something on this machine is not as it must be.</summary>
    public static CliFault Local(string line) => new("LOCAL", ExitCodes.Failed, new FaultLine(line));
}
