using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Uptimes;

/// <summary><c>skypunch report --month YYYY-MM</c>: how available all targets were in a month, as one hands it to a customer.</summary>
internal static class ReportVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var filter = TargetFilter.OfList();
        var options = new WindowOptions();
        return new VerbCommand("report", "Shows how available all targets were in a calendar month.")
        {
            Usage = ["report --month YYYY-MM [--zone ZONE] [--filter EXPR] [-o table | csv | json]"],
            Formats = Formats.Calculable,
            Examples =
            [
                ("report --month 2026-10", "October, in UTC."),
                ("report --month 2026-10 --zone Europe/Berlin -o csv > 2026-10.csv", "The same as a customer in Berlin counts it, for a spreadsheet."),
                ("report --month 2026-10 --filter 'labels.customer = acme'", "What one customer gets."),
                ("report --month 2026-10 -o json", "For a program."),
            ],
            Remarks = $"A month that is not over yet ends now. {UptimeOutput.Remarks}",
        }.With(options.Month, options.Zone, filter).Does(runner, async (session, cancellationToken) =>
        {
            if (session.Given.GetValue(options.Month) is null)
            {
                throw CliFault.Usage("which month? Give it with --month, such as --month 2026-10");
            }

            var rows = await session.Progress("reading").WatchAsync(
                RowsAsync(session, TargetFilter.TextOfList(session, filter), options.Of(session)[0], options.ZoneOf(session), cancellationToken));
            UptimeOutput.Show(rows, options.ShownZone(session), session);
            if (rows.Count > 0)
            {
                session.Say(Summary(rows));
            }

            return ExitCodes.Ok;
        });
    }

    private static async Task<List<UptimeRow>> RowsAsync(Session session, string? filter, UptimeWindow window, string zone, CancellationToken cancellationToken)
        => filter is null
            ? await session.ListUptimesAsync(window, zone, cancellationToken)
            : await session.GetUptimeAsync(await session.ListIdsAsync(filter, cancellationToken), [window], zone, cancellationToken);

    private static string Summary(List<UptimeRow> rows)
    {
        var down = rows.Count(row => row.Uptime.Down is { } time && (time.Seconds > 0 || time.Nanos > 0));
        var unseen = rows.Count(row => !row.Uptime.HasAvailabilityPercent);
        return $"{Targets(rows.Count)}: {down} with downtime, {rows.Count - down - unseen} without, {unseen} not observed";
    }

    private static string Targets(int count) => count == 1 ? "1 target" : $"{count} targets";
}
