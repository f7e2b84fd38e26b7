using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets ID history</c>: how a target was, by result, hour or day, and its incidents.</summary>
internal static class TargetHistory
{
    private static readonly TimeSpan ByHourUpTo = TimeSpan.FromDays(2);

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var since = Moment.Option("--since", "The begin: how long ago, or a date. Default: 7d; by hour 1d, by result 1h.");
        var until = Moment.Option("--until", "The end. Default: now.");
        var by = Parsed.Choice("--by", "STEP", "result, hour or day: what has a row. Default: hour up to two days, else day.",
            [.. EnumWords.SeriesSteps.Select(step => (step.Word.ToLowerInvariant(), step.Value))]);
        var incidents = new Option<bool>("--incidents") { Description = "Its incidents instead, newest first." };
        return new VerbCommand("history", "Shows how a target was: how available, how fast, what failed and why.")
        {
            Usage = ["targets ID history [options]", "targets history ID [options]"],
            Formats = Formats.Calculable,
            Examples =
            [
                ("targets 1 history", "The last seven days, a row for each."),
                ("targets 1 history --since 24h", "The last day, a row for each hour."),
                ("targets 1 history --by result --since 10m", "Each result of the last ten minutes."),
                ("targets 1 history --incidents --since 2026-10-01", "When it was down since October began, and why."),
                ("targets 1 history --since 90d -o csv > shop.csv", "For a spreadsheet."),
            ],
            Remarks = "Available: the share of the observed time that lies outside of incidents. Observed: the share of the time in which probes were made; "
                + "what was not observed counts neither way. Percentages are rounded down. The history of a deleted target can be read by its id.",
        }.With(id.OfVerb, since, until, by, incidents).Does(runner, async (session, cancellationToken) =>
        {
            var (given, clock) = (session.Given, session.Surroundings.Time);
            var now = clock.GetUtcNow().UtcDateTime; // before "since", so that "2d" is no longer than that
            var step = given.GetValue(by);
            if (given.GetValue(incidents) && step is not SeriesStep.Unspecified)
            {
                throw CliFault.Usage("--by and --incidents exclude each other");
            }

            session.Subject.Name("range", since.Name);
            session.Subject.Name("start_time", since.Name);
            session.Subject.Name("end_time", until.Name);
            var range = Moment.Range(given.GetValue(since) ?? Moment.Ago(DefaultFor(step)), given.GetValue(until), clock);
            var target = (await session.FindTargetsAsync([id.Required(session.Given)], cancellationToken))[0];
            await (given.GetValue(incidents) ? ShowIncidentsAsync(session, target, range, cancellationToken)
                : step is SeriesStep.Result ? ShowResultsAsync(session, target, range, cancellationToken)
                : ShowSeriesAsync(session, target, range, StepOf(step, range, now), cancellationToken));
            return ExitCodes.Ok;
        });
    }

    private static TimeSpan DefaultFor(SeriesStep step) => step switch
    {
        SeriesStep.Result => TimeSpan.FromHours(1),
        SeriesStep.Hour => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };

    private static SeriesStep StepOf(SeriesStep given, TimeRange range, DateTime now) => given is not SeriesStep.Unspecified ? given
        : (range.EndTime?.ToDateTime() ?? now) - range.StartTime.ToDateTime() <= ByHourUpTo ? SeriesStep.Hour
        : SeriesStep.Day;

    private static async Task ShowIncidentsAsync(Session session, long target, TimeRange range, CancellationToken cancellationToken)
    {
        var request = new ListIncidentsRequest { TargetIds = { target }, StartTime = range.StartTime, EndTime = range.EndTime };
        var (incidents, _) = await session.ListIncidentsAsync(request, int.MaxValue, cancellationToken);
        IncidentOutput.Show(incidents, session, $"Target {target} had no incident since {Times.Local(range.StartTime, session.Surroundings.Time)}");
    }

    private static async Task ShowResultsAsync(Session session, long target, TimeRange range, CancellationToken cancellationToken)
    {
        var results = await session.ListResultsAsync(new ListResultsRequest { TargetId = target, Range = range }, cancellationToken);
        session.Show(
            [.. results.Select(result => MessageJson.ObjectOf(result))],
            HistoryShapes.Json.JsonObjectArray,
            () => new MessageCsv(RecentResult.Descriptor).TableOf(results),
            () => Print(results.Count, SeriesTables.Of(results, session.Surroundings.Time), target, range, session));
    }

    private static async Task ShowSeriesAsync(Session session, long target, TimeRange range, SeriesStep step, CancellationToken cancellationToken)
    {
        var request = new GetSeriesRequest { TargetId = target, Range = range, Step = step };
        var series = await session.Api.History.GetSeriesAsync(request, session.Call(cancellationToken));
        if (session.Format is not OutputFormat.Table)
        {
            session.Show(
                [.. series.Points.Select(point => MessageJson.ObjectOf(point))],
                HistoryShapes.Json.JsonObjectArray,
                () => new MessageCsv(SeriesPoint.Descriptor).TableOf(series.Points),
                () => { });
            return;
        }

        var all = new UptimeWindow { Range = new TimeRange { StartTime = series.Points.FirstOrDefault()?.StartTime ?? range.StartTime, EndTime = range.EndTime } };
        var whole = (await session.GetUptimeAsync([target], [all], "", cancellationToken))[0];
        if (series.Points.Count > 0 && await session.TryGetTargetAsync(target, cancellationToken) is { } known)
        {
            ResultTable.OfDetails([
                ("Target", $"[{known.Id}] {known.Name}"),
                ("Status", TargetDisplay.Cell((known.State ?? new TargetState()).Status)),
                .. TargetTables.LastResults(known, session.Surroundings),
                ("", known.State?.RecentResults.Count > 0 ? ResultBar.Legend(session.Surroundings) : ""),
            ]).WriteTo(session.Surroundings);
        }

        Print(series.Points.Count, SeriesTables.Of(series, whole.Uptime, session.Surroundings), target, range, session);
    }

    private static void Print(int count, ResultTable table, long target, TimeRange range, Session session)
    {
        if (count > 0)
        {
            table.WriteTo(session.Surroundings);
        }
        else
        {
            session.Say($"Nothing is kept of target {target} since {Times.Local(range.StartTime, session.Surroundings.Time)}");
        }
    }
}
