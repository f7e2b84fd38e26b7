using System.CommandLine;
using System.CommandLine.Invocation;
using Grpc.Core;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;

namespace Skypunch.Cli;

/// <summary>
/// Runs the command line: reads the arguments, runs the verb, and turns whatever goes wrong into lines that a user can read and an exit
/// code.
/// </summary>
internal sealed class CommandLine
{
    private readonly GlobalOptions _options = new();
    private readonly Surroundings _surroundings;

    private CommandLine(Surroundings surroundings) => _surroundings = surroundings;

    /// <summary>Runs the arguments. Never throws.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or the daemon's own of <c>start --foreground</c>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
        => new CommandLine(surroundings).RunAsync(args, cancellationToken);

    /// <summary>Runs one verb with its session.</summary>
    public async Task<int> RunVerbAsync(
        ParseResult given,
        Func<Session, CancellationToken, Task<int>> verb,
        CancellationToken cancellationToken)
    {
        using var session = new Session(given, _options, _surroundings);
        try
        {
            return given.GetValue(_options.Output) is OutputFormat.Yaml && given.CommandResult.Command is VerbCommand { PrintsYaml: false }
                ? throw CliFault.Usage("--output: must be table or json; only 'export' prints yaml")
                : await verb(session, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException e)
        {
            var fault = RpcFaults.Describe(e, session.Api.Server.Display, session.Subject, session.ExitCodeOfErrors);
            return FaultPrinter.Print(fault, session.Json, _surroundings.Error);
        }
        catch (CliFault e)
        {
            return FaultPrinter.Print(e, session.Json, _surroundings.Error);
        }
    }

    private async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var json = false;
        try
        {
            var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
            var given = RootVerb.Create(this, _options, _surroundings).Parse(args, parsing);
            json = given.GetResult(_options.Output) is { } output
                && !output.Errors.Any()
                && given.GetValue(_options.Output) is OutputFormat.Json;
            if (given.Action is null or ParseErrorAction)
            {
                return FaultPrinter.Print(UsageFaults.Describe(given), json, _surroundings.Error);
            }

            return await given.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // signals arrive through the token
                    Output = _surroundings.Out,
                    Error = _surroundings.Error,
                },
                cancellationToken);
        }
        catch (CliFault e)
        {
            return FaultPrinter.Print(e, json, _surroundings.Error);
        }
#pragma warning disable CA1031 // the last resort: a user never sees a stack trace
        catch (Exception e)
        {
            var sentence = $"skypunch met a fault of its own ({e.GetType().Name}: {e.Message}); please report it with your command";
            return FaultPrinter.Print(CliFault.Local(sentence), json, _surroundings.Error);
        }
#pragma warning restore CA1031
    }
}
