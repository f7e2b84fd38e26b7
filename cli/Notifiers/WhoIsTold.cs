using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary>
/// <c>skypunch notifiers who TARGET</c>: who would be told of a failure of a target, and why. The Scheduler knows the target and the Notifier
/// whom it tells, so that this program asks the one and then the other.
/// </summary>
internal static class WhoIsTold
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = new Argument<string>("TARGET") { Description = "The id of the target, or its name." };
        var reason = Parsed.Text("--reason", "REASON", "The reason of the failure, such as dns_error. Default: any.");
        return new VerbCommand("who", "Shows who would be told of a failure of a target now, and why or why not.")
        {
            Usage = ["notifiers who TARGET [--reason REASON]"],
            Examples =
            [
                ("notifiers who Cart", "Shows each notifier: is it told, and by which match."),
                ("notifiers who Cart --reason tls_expired", "Asks for a failure of this reason."),
            ],
            Remarks = "A recovery is told to whoever was told of the failure, whatever has changed since.",
        }.With(name, reason).Does(runner, async (session, cancellationToken) =>
        {
            if (id.Text(session.Given) is { } text)
            {
                throw CliFault.Usage($"'{text}' does not belong here: 'notifiers who TARGET' shows all notifiers");
            }

            session.Subject.Kind = "target";
            var targetId = (await session.FindTargetsAsync([session.Given.GetValue(name)!], cancellationToken))[0];
            session.Subject.Id = targetId;
            var target = (await session.Api.Targets.GetTargetAsync(new GetTargetRequest { Id = targetId }, session.Call(cancellationToken))).Target;
            var request = new WhoIsToldRequest { Target = target, Reason = session.Given.GetValue(reason) ?? "" };
            var verdicts = (await session.Api.Notifiers.WhoIsToldAsync(request, session.Call(cancellationToken))).Verdicts;
            session.Show([.. verdicts.Select(VerdictJson.Of)], NotifierShapes.Json.VerdictJsonArray, NotifierTables.List(verdicts));
            return ExitCodes.Ok;
        });
    }
}
