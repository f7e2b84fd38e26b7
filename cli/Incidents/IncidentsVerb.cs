using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Options;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Incidents;

/// <summary><c>skypunch incidents [ID]</c>: when something was down, and all that is known of one such time.</summary>
internal static class IncidentsVerb
{
    private const int DefaultLimit = 20;

    public static VerbCommand Create(VerbRunner runner)
    {
        var id = new Argument<string?>("ID") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of an incident, to see all of it." };
        var open = new Option<bool>("--open") { Description = "Those that are not over." };
        var target = Parsed.Texts("--target", "ID", "Those of a target, by its id or name. May be given several times.");
        var since = Moment.Option("--since", "Those that were open then or later: how long ago, or a date.");
        var until = Moment.Option("--until", "Those that began before: how long ago, or a date.");
        var reason = Parsed.Text("--reason", "CODE", "Those with this reason, such as connect_refused.");
        var limit = Parsed.Number("--limit", $"How many at the most. Default: {DefaultLimit}, with --open or --since all.", least: 1);
        Option[] filters = [open, target, since, until, reason, limit];
        return new VerbCommand("incidents", "Lists when targets were down, newest first, or shows one such time with its traces and who was told.")
        {
            Usage = ["incidents [options]", "incidents ID"],
            Formats = Formats.Calculable,
            Examples =
            [
                ("incidents", "The newest."),
                ("incidents --open", "What is down now."),
                ("incidents 17", "All of incident 17: what failed and how, what mended, who was told."),
                ("incidents --target \"My site\" --since 30d", "When one target was down in the last 30 days."),
                ("incidents --since 2026-10-01 --until 2026-11-01 -o csv > october.csv", "A month for a spreadsheet."),
            ],
            Remarks = "An incident begins with the first failing probe of the run that made the target FAIL, and ends with the probe that made it PASS again. "
                + "A failure that a retry did not confirm is none.",
        }.With([id, .. filters]).Does(runner, async (session, cancellationToken) =>
        {
            if (session.Given.GetValue(id) is not { } text)
            {
                await ListAsync(session, cancellationToken);
                return ExitCodes.Ok;
            }

            if (filters.FirstOrDefault(filter => session.Given.GetResult(filter) is { Implicit: false }) is { } filter)
            {
                throw CliFault.Usage($"{filter.Name}: does not belong here, as incident {text} is one");
            }

            var incident = NamedIds.Number(text) ?? throw CliFault.Usage($"ID: must be the number of an incident; --target '{text}' lists those of a target");
            return await ShowIncident.RunAsync(session, incident, cancellationToken);
        });

        async Task ListAsync(Session session, CancellationToken cancellationToken)
        {
            var (given, clock) = (session.Given, session.Surroundings.Time);
            foreach (var (field, option) in new (string, Option)[] { ("target_ids", target), ("start_time", since), ("end_time", until), ("reason", reason) })
            {
                session.Subject.Name(field, option.Name);
            }

            var range = Moment.Range(given.GetValue(since), given.GetValue(until), clock);
            var request = new ListIncidentsRequest
            {
                Open = given.GetValue(open),
                TargetIds = { await session.FindTargetsAsync(given.GetValue(target) ?? [], cancellationToken) },
                StartTime = range.StartTime,
                EndTime = range.EndTime,
                Reason = given.GetValue(reason) ?? "",
            };
            var most = given.GetResult(limit) is { Implicit: false } ? given.GetValue(limit) : request.Open || request.StartTime is not null ? int.MaxValue : DefaultLimit;
            var (incidents, more) = await session.ListIncidentsAsync(request, most, cancellationToken);
            IncidentOutput.Show(incidents, session, request.Open ? "No incident is open" : "No incident is known");
            if (more)
            {
                session.Say($"There are more: '--limit {most * 5L}' or '--since 30d' shows them");
            }
        }
    }
}
