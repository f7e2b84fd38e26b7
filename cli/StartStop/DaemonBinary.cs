using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.StartStop;

/// <summary>The program of the daemon.</summary>
/// <param name="Path">The path of the program.</param>
/// <param name="IsBuiltFromSource">Whether the program stands in the build's own folders, so that the user types <c>dotnet run</c>.</param>
internal sealed record DaemonBinary(string Path, bool IsBuiltFromSource)
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "skypunchd.exe" : "skypunchd";

    /// <summary>How the user calls this command line, for what is suggested.</summary>
    public string CommandPrefix => IsBuiltFromSource ? "dotnet run --project cli --" : "skypunch";

    /// <summary>What SKYPUNCH_DAEMON names, else the daemon beside this program, else the daemon of the build that made this program.</summary>
    public static DaemonBinary Find(Surroundings surroundings)
    {
        if (surroundings.Environment("SKYPUNCH_DAEMON") is { } named)
        {
            return File.Exists(named)
                ? new(named, false)
                : throw CliFault.Local($"SKYPUNCH_DAEMON names {named}, but there is no such file");
        }

        var folder = System.IO.Path.TrimEndingDirectorySeparator(surroundings.ProgramFolder);
        var beside = System.IO.Path.Combine(folder, FileName);
        var flavour = System.IO.Path.GetFileName(folder); // artifacts/bin/cli/debug → artifacts/bin/Standalone/debug
        var built = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, "..", "..", "Standalone", flavour, FileName));
        return File.Exists(beside) ? new(beside, false)
            : File.Exists(built) ? new(built, true)
            : throw CliFault.Local($"the daemon {FileName} is not beside {folder}: install it there, or name it in SKYPUNCH_DAEMON");
    }
}
