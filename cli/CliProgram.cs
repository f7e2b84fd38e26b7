using System.CommandLine;
using System.CommandLine.Invocation;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli;

/// <summary>Runs the command line: reads the arguments, runs the verb, and prints what is wrong with either.</summary>
internal static class CliProgram
{
    /// <summary>Runs the arguments. Never throws.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or the daemon's own of <c>start --foreground</c>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var json = false;
        try
        {
            var options = new GlobalOptions();
            var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
            var given = RootVerb.Create(new VerbRunner(options, surroundings), options, surroundings).Parse(args, parsing);
            json = given.GetResult(options.Output) is { } output
                && !output.Errors.Any()
                && given.GetValue(options.Output) is OutputFormat.Json;
            if (given.Action is null or ParseErrorAction)
            {
                return FaultPrinter.Print(UsageFaults.Describe(given), json, surroundings.Error);
            }

            return await given.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // signals arrive through the token
                    Output = surroundings.Out,
                    Error = surroundings.Error,
                },
                cancellationToken);
        }
        catch (CliFault e)
        {
            return FaultPrinter.Print(e, json, surroundings.Error);
        }
#pragma warning disable CA1031 // the last resort: a user never sees a stack trace
        catch (Exception e)
        {
            var sentence = $"skypunch met a fault of its own ({e.GetType().Name}: {e.Message}); please report it with your command";
            return FaultPrinter.Print(CliFault.Local(sentence), json, surroundings.Error);
        }
#pragma warning restore CA1031
    }
}
