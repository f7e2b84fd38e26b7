using System.CommandLine;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary>The option that names many targets by what they are. As an ID, it may stand before the verb or after it.</summary>
internal sealed class TargetFilter
{
    /// <summary>Before the verb, or without a verb.</summary>
    public Option<string> OfFamily { get; } = Create("Only those that EXPR means, such as 'status = FAIL AND labels.team = payments'.");

    /// <summary>After the verb.</summary>
    public Option<string> OfVerb { get; } = Create("In place of an ID: all that EXPR means, such as 'labels.team = payments'.");

    /// <summary>The agreement to what a verb does with many targets.</summary>
    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask before it is done with all that --filter means." };

    /// <summary>What was given; null where nothing was.</summary>
    /// <exception cref="CliFault">It was given twice, or with an ID.</exception>
    public string? Text(Session session, IdArgument id)
    {
        var (before, after) = (session.Given.GetValue(OfFamily), session.Given.GetValue(OfVerb));
        if (before is not null && after is not null)
        {
            throw CliFault.Usage("--filter is given twice: write it either before the verb or after it");
        }

        if ((before ?? after) is { } text && id.Text(session.Given) is not null)
        {
            throw CliFault.Usage("an ID and --filter exclude each other");
        }

        session.Subject.Name("filter", OfVerb.Name);
        return before ?? after;
    }

    /// <summary>What was given to a verb that is about many targets in any case; empty: all.</summary>
    /// <exception cref="CliFault">It was given twice, or an ID was given.</exception>
    public string TextOfMany(Session session, IdArgument id)
    {
        var text = Text(session, id);
        return text is null && id.Text(session.Given) is { } one
            ? throw CliFault.Usage($"'{one}' does not belong here: this is about many targets, and --filter says which")
            : text ?? "";
    }

    /// <summary>The option of a list that is of all targets without it.</summary>
    public static Option<string> OfList(string help = "Only targets that EXPR means, such as 'labels.team = payments'.") => Create(help);

    /// <summary>What was given to <see cref="OfList"/>; null where nothing was.</summary>
    /// <exception cref="CliFault">It is blank, which is more often a variable that is not set than all targets.</exception>
    public static string? TextOfList(Session session, Option<string> option)
    {
        var text = session.Given.GetValue(option);
        if (text is not null)
        {
            ManyTargets.Check(text);
        }

        return text;
    }

    private static Option<string> Create(string help) => Parsed.Text("--filter", "EXPR", help);
}
