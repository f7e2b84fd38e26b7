using System.CommandLine;
using System.CommandLine.Parsing;

namespace Skypunch.Cli.Verbs;

/// <summary>A field of a resource that an option or an argument gives.</summary>
/// <param name="Path">The field's name in the API, as a field mask has it.</param>
/// <param name="Symbol">The option or argument.</param>
/// <param name="Copy">Copies what was given into the resource.</param>
internal sealed record RequestField<T>(string Path, Symbol Symbol, Action<Session, T> Copy)
{
    /// <summary>Where only parts of the field are given: their paths, such as "labels.team".</summary>
    public Func<Session, IEnumerable<string>>? Within { get; init; }

    /// <summary>The name of the option or argument, which the user knows.</summary>
    public string Name => Symbol.Name;

    /// <summary>Whether the option or argument stands on the command line.</summary>
    public bool IsGiven(ParseResult given) => given.GetResult(Symbol) switch
    {
        OptionResult option => !option.Implicit,
        ArgumentResult argument => argument.Tokens.Count > 0,
        _ => false,
    };
}
