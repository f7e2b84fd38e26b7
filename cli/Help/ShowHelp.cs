using System.CommandLine;
using System.CommandLine.Invocation;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Help;

/// <summary>Prints how a command is used, whatever else was given.</summary>
internal sealed class ShowHelp(Surroundings surroundings) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HelpText.Write(parseResult.CommandResult.Command, surroundings);
        return ExitCodes.Ok;
    }
}
