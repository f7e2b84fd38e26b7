using System.CommandLine;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Verbs;

/// <summary>
/// The ID of a target, a notifier or a window. It may stand before the verb, as in 2013 (<c>targets 8 test</c>), or after it (<c>targets test 8</c>),
/// and a name may stand for it.
/// </summary>
/// <param name="kind">"target", "notifier" or "window".</param>
internal sealed class IdArgument(string kind)
{
    /// <summary>The command that lists all of the kind.</summary>
    public string Lists { get; init; } = $"{kind}s";

    /// <summary>An option before the verb that means several at once, and so does not go with an ID.</summary>
    public Option? NotWith { get; init; }

    /// <summary>The ID before the verb, or without a verb.</summary>
    public Argument<string?> OfFamily { get; } = Create(kind);

    /// <summary>The ID after the verb.</summary>
    public Argument<string?> OfVerb { get; } = Create(kind);

    /// <summary>What was given; null where nothing was.</summary>
    public string? Text(ParseResult given)
        => (given.GetValue(OfFamily), given.GetValue(OfVerb)) switch
        {
            (not null, not null) => throw CliFault.Usage($"the {kind} is named twice: write its ID either before the verb or after it"),
            var (before, after) => before ?? after,
        };

    /// <summary>What was given.</summary>
    /// <exception cref="CliFault">Nothing was.</exception>
    public string Required(ParseResult given) => NotWith is not null && given.GetResult(NotWith) is not null
        ? throw CliFault.Usage($"{NotWith.Name} does not go with this command, which is about one {kind}: give an ID")
        : Text(given) ?? throw CliFault.Usage($"which {kind}? Give its ID: 'skypunch {Lists}' lists them");

    /// <summary>Refuses an ID where a new thing is made.</summary>
    public void MustBeAbsent(ParseResult given)
    {
        if (given.GetValue(OfFamily) is { } text)
        {
            throw CliFault.Usage($"'{text}' does not belong here: a new {kind} gets its ID from the server");
        }
    }

    /// <summary>The id that was given, or that belongs to the name that was given.</summary>
    /// <param name="session">The run.</param>
    /// <param name="named">Lists what may have a name; asked only when a name was given.</param>
    public async Task<long> FindAsync(Session session, Func<string, Task<List<(long Id, string Name)>>> named)
    {
        var text = Required(session.Given);
        (session.Subject.Kind, session.Subject.Lists) = (kind, Lists);
        var id = NamedIds.Number(text) ?? NamedIds.ByName(text, kind, await named(text), session.ExitCodeOfErrors, Lists);
        session.Subject.Id = id;
        return id;
    }

    private static Argument<string?> Create(string kind) => new("ID")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"The id of the {kind}, or its name.",
    };
}
