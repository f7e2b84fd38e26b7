using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers types [TYPE]</c>: what the server knows of types and their parameters.</summary>
internal static class ListTypes
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = new Argument<string>("TYPE") { Description = "The type whose parameters are listed.", Arity = ArgumentArity.ZeroOrOne };
        return new VerbCommand("types", "Lists the types that a notifier may have, or the parameters of one type.")
        {
            Usage = ["notifiers types", "notifiers types TYPE"],
            Examples =
            [
                ("notifiers types", "Lists the ways in which people can be reached."),
                ("notifiers types SMTP", "Lists what --params may have."),
            ],
        }.With(name).Does(runner, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            var answer = await session.Api.Notifiers.ListNotifierTypesAsync(new ListNotifierTypesRequest(), session.Call(cancellationToken));
            NotifierType[] types = session.Given.GetValue(name) is { } wanted ? [Find(answer, wanted)] : [.. answer.NotifierTypes];
            session.Show(
                [.. types.Select(NotifierTypeJson.Of)],
                NotifierShapes.Json.NotifierTypeJsonArray,
                session.Given.GetValue(name) is null ? Table(types) : Table(types[0]));
            return ExitCodes.Ok;
        });
    }

    private static NotifierType Find(ListNotifierTypesResponse answer, string wanted)
        => answer.NotifierTypes.FirstOrDefault(type => type.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw CliFault.Usage($"TYPE: must be {string.Join(" or ", answer.NotifierTypes.Select(type => type.Name))}");

    private static ResultTable Table(IEnumerable<NotifierType> types)
    {
        var table = new ResultTable(["Type", "What It Does", "Address", "Parameters"], 1, 2, 3);
        foreach (var type in types)
        {
            table.AddRow(type.Name, type.Summary, type.Address?.Help ?? "none", string.Join(", ", type.Parameters.Select(parameter => parameter.Name)));
        }

        return table;
    }

    private static ResultTable Table(NotifierType type)
    {
        var table = new ResultTable(["Parameter", "Required", "Secret", "Default", "What It Is For"], 3, 4);
        foreach (var parameter in type.Parameters)
        {
            var words = parameter.Choices.Count > 0 ? string.Join("|", parameter.Choices) : parameter.Placeholder;
            table.AddRow($"{parameter.Name}={words}", parameter.Required ? "yes" : "no", parameter.Secret ? "yes" : "no", parameter.Default, parameter.Help);
        }

        return table;
    }
}
