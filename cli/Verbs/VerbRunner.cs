using System.CommandLine;
using Grpc.Core;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Verbs;

/// <summary>Runs a verb with its session, and turns what goes wrong into lines that a user can read and an exit code.</summary>
internal sealed class VerbRunner(GlobalOptions options, Surroundings surroundings)
{
    /// <summary>Runs one verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or the daemon's own of <c>start --foreground</c>.</returns>
    public async Task<int> RunAsync(ParseResult given, Func<Session, CancellationToken, Task<int>> verb, CancellationToken cancellationToken)
    {
        using var session = new Session(given, options, surroundings);
        try
        {
            if (given.CommandResult.Command is VerbCommand command)
            {
                Formats.Check(session.Format, command);
            }

            return await verb(session, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException e)
        {
            var fault = RpcFaults.Describe(e, session.Api.Server.Display, session.Subject, session.ExitCodeOfErrors);
            return FaultPrinter.Print(fault, session.Json, surroundings.Error);
        }
        catch (CliFault e)
        {
            return FaultPrinter.Print(e, session.Json, surroundings.Error);
        }
    }
}
