using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Status;

/// <summary><c>skypunch status</c>: how Skypunch itself is doing.</summary>
internal static class StatusVerb
{
    public static VerbCommand Create(VerbRunner runner)
        => new VerbCommand("status", "Shows how Skypunch itself is doing: version, targets, probers, lag.")
        {
            Usage = ["status"],
            Examples = [("status", "Shows it."), ("status -o json", "For a program.")],
        }.Does(runner, async (session, cancellationToken) =>
        {
            var status = await session.Api.System.GetSystemStatusAsync(new GetSystemStatusRequest(), session.Call(cancellationToken));
            session.Show(SystemStatusJson.Of(status), StatusShapes.Json.SystemStatusJson, () => Write(status, session.Surroundings));
            return ExitCodes.Ok;
        });

    private static void Write(GetSystemStatusResponse status, Surroundings surroundings)
    {
        var targets = status.Targets ?? new TargetCounts();
        ResultTable.OfDetails(
            ("Version", status.Version),
            ("Up Since", Times.Local(status.StartTime, surroundings.Time)),
            ("Targets NEW", targets.NewCount),
            ("Targets PASS", targets.PassCount),
            ("Targets FAIL", new TableCell(Number(targets.FailCount), targets.FailCount > 0 ? false : null)),
            ("Targets Disabled", targets.DisabledCount),
            ("Lag (sec)", SystemStatusJson.Seconds(status.Lag).ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture)),
            ("Missed Count", status.MissedCount),
            ("Unannounced Changes", status.UnannouncedChangeCount),
            ("Probers", new TableCell(Number(status.Probers.Count), status.Probers.Count == 0 ? false : null)))
            .WriteTo(surroundings);
        if (status.Probers.Count == 0)
        {
            return;
        }

        var probers = new ResultTable(["Prober", "Version", "Up Since", "Last Seen", "Running", "Completed", "Network"], 0);
        foreach (var prober in status.Probers)
        {
            probers.AddRow(
                prober.Name,
                prober.Version,
                Times.Local(prober.StartTime, surroundings.Time),
                Times.Local(prober.LastSeenTime, surroundings.Time),
                prober.RunningCount,
                prober.CompletedCount,
                prober.CutOffTime is null ? "OK" : new TableCell($"cut off since {Times.Local(prober.CutOffTime, surroundings.Time)}", false));
        }

        probers.WriteTo(surroundings);
    }

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
