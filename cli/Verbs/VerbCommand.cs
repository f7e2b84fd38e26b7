using System.CommandLine;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Verbs;

/// <summary>A command, and what its help says.</summary>
internal sealed class VerbCommand(string name, string description) : Command(name, description)
{
    /// <summary>The forms in which it may be written, after "skypunch".</summary>
    public required IReadOnlyList<string> Usage { get; init; }

    /// <summary>Examples: what is typed after "skypunch", and what it does.</summary>
    public IReadOnlyList<(string Line, string Effect)> Examples { get; init; } = [];

    /// <summary>What else there is to know.</summary>
    public string? Remarks { get; init; }

    /// <summary>The formats of its result.</summary>
    public IReadOnlyList<OutputFormat> Formats { get; init; } = Verbs.Formats.Common;

    /// <summary>Adds arguments, options and commands.</summary>
    public VerbCommand With(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    Add(argument);
                    break;
                case Option option:
                    Add(option);
                    break;
                case Command command:
                    Add(command);
                    break;
            }
        }

        return this;
    }

    /// <summary>Adds the options and arguments of a resource.</summary>
    public VerbCommand WithFields<T>(IEnumerable<RequestField<T>> fields) => With(fields.Select(f => f.Symbol));

    /// <summary>Says what the command does; the answer is the exit code.</summary>
    public VerbCommand Does(VerbRunner runner, Func<Session, CancellationToken, Task<int>> verb)
    {
        SetAction((given, cancellationToken) => runner.RunAsync(given, verb, cancellationToken));
        return this;
    }
}
