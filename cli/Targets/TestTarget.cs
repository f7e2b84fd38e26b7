using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets ID test</c>: a probe at once, with its trace, for people and for Nagios.</summary>
internal static class TestTarget
{
    // A probe may take 5 minutes; the server gives up on a prober before this.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("test", "Probes a target at once and shows each step. Its status and counters stay as they are.")
        {
            Usage = ["targets ID test", "targets test ID"],
            Examples =
            [
                ("targets 1 test", "Shows the trace."),
                ("targets \"My site\" test > /dev/null || echo down", "Serves in a script."),
            ],
            Remarks = "Exit codes, as Nagios knows them: 0 PASS, 2 FAIL, 3 not known because the probe could not be run "
                + "(server or prober not reachable, no such target).",
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            session.ExitCodeOfErrors = ExitCodes.TestUnknown;
            var request = new TestTargetRequest { Id = await session.FindTargetAsync(id, cancellationToken) };
            var work = session.Api.Targets.TestTargetAsync(request, session.Call(cancellationToken, Timeout)).ResponseAsync;
            var answer = await session.Progress("probing").WatchAsync(work);
            session.Show(
                ProbeReportJson.Of(answer.Target, answer.Report),
                TargetShapes.Json.ProbeReportJson,
                () => ProbeReportText.Write(answer.Target, answer.Report, session.Surroundings));
            return answer.Report.Passed ? ExitCodes.Ok : ExitCodes.TestFailed;
        });
}
