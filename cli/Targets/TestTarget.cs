using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary>
/// <c>skypunch targets ID test</c>: a probe at once, with its trace, for people and for Nagios. With options, of the target as it would be
/// with them; with a URL in place of an ID, of what is no target.
/// </summary>
internal static class TestTarget
{
    // A probe may take 5 minutes; the server gives up on a prober before this.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    // What no probe depends on.
    private static readonly string[] NotProbed = ["labels", "group", "description", "retry_interval", "failure_threshold", "success_threshold"];

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        List<RequestField<Target>> fields = [.. TargetOptions.Of(TargetFields.Of("url")), .. TargetOptions.All().Where(field => !NotProbed.Contains(field.Path))];
        return new VerbCommand("test", "Probes a target, or what may become one, at once and shows each step. Nothing is stored: status and counters stay as they are.")
        {
            Usage = ["targets ID test [options]", "targets test ID [options]", "targets test --url URL [options]"],
            Examples =
            [
                ("targets 1 test", "Shows the trace."),
                ("targets test --url https://example.org/ --expect 200-299 --assert 'latency < 500ms'", "Tries out what may become a target."),
                ("targets 1 test --timeout 2s", "Probes it as it would be with that timeout."),
                ("targets \"My site\" test > /dev/null || echo down", "Serves in a script."),
            ],
            Remarks = "Exit codes, as Nagios knows them: 0 PASS, 2 FAIL, 3 not known because the probe could not be run "
                + "(server or prober not reachable, no such target).",
        }.With(id.OfVerb).WithFields(fields).Does(runner, async (session, cancellationToken) =>
        {
            session.ExitCodeOfErrors = ExitCodes.TestUnknown;
            session.Subject.Kind = "target";
            var given = new Target();
            var mask = fields.CopyTo(given, session);
            var isNew = id.Text(session.Given) is null && mask.Paths.Count > 0;
            var request = new TestTargetRequest { Id = isNew ? 0 : await session.FindTargetAsync(id, cancellationToken) };
            if (mask.Paths.Count > 0)
            {
                (request.Target, request.UpdateMask) = (given, isNew ? null : mask);
            }

            var work = session.Api.Targets.TestTargetAsync(request, session.Call(cancellationToken, Timeout)).ResponseAsync;
            var answer = await session.Progress("probing").WatchAsync(work);
            session.Show(
                ProbeReportJson.Of(answer.Target, answer.Report),
                TargetShapes.Json.ProbeReportJson,
                () => ProbeReportText.Write(answer.Target, answer.Report, session.Surroundings));
            return answer.Report.Passed ? ExitCodes.Ok : ExitCodes.TestFailed;
        });
    }
}
