using System.CommandLine;
using System.CommandLine.Invocation;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Help;

/// <summary>Prints the version, whatever else was given.</summary>
internal sealed class ShowVersion(Surroundings surroundings) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        surroundings.Out.WriteLine($"skypunch {ProgramVersion.Text}");
        return ExitCodes.Ok;
    }
}
