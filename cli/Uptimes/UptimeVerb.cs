using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Uptimes;

/// <summary><c>skypunch uptime [ID ...]</c>: how available targets were over one window or several.</summary>
internal static class UptimeVerb
{
    private static readonly IReadOnlyList<UptimeWindow> Usual = WindowOptions.Last("30d");
    private static readonly IReadOnlyList<UptimeWindow> UsualOfOne = WindowOptions.Last("1h", "24h", "7d", "30d", "90d", "365d");

    public static VerbCommand Create(VerbRunner runner)
    {
        var ids = new Argument<string[]>("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "The ids or names of targets. Default: all." };
        var filter = TargetFilter.OfList();
        var options = new WindowOptions();
        return new VerbCommand("uptime", "Shows how available targets were, how often and how long they were down, and how fast they answered.")
        {
            Usage = ["uptime [ID ...] [--window TIME ...]", "uptime [ID ...] --month YYYY-MM [--zone ZONE]", "uptime [ID ...] --since TIME [--until TIME]", "uptime --filter EXPR [...]"],
            Formats = Formats.Calculable,
            Examples =
            [
                ("uptime", "All targets over the last 30 days."),
                ("uptime 1", "One target over an hour, a day, a week, 30, 90 and 365 days."),
                ("uptime 1 \"My site\" --window 24h --window 30d", "Two targets over two windows."),
                ("uptime 1 --month 2026-10 --zone Europe/Berlin", "October, as it was in Berlin."),
                ("uptime --filter 'labels.team = payments' --window 7d", "The targets of one team."),
                ("uptime --since 2026-10-01 --until 2026-10-15 -o csv > first-half.csv", "All of them, for a spreadsheet."),
            ],
            Remarks = UptimeOutput.Remarks,
        }.With(ids, filter, options.Windows, options.Month, options.Zone, options.Since, options.Until).Does(runner, async (session, cancellationToken) =>
        {
            var given = options.Of(session);
            session.Subject.Name("target_ids", ids.Name);
            var named = session.Given.GetValue(ids) ?? [];
            var which = TargetFilter.TextOfList(session, filter);
            if (which is not null && named.Length > 0)
            {
                throw CliFault.Usage("IDs and --filter exclude each other");
            }

            var targets = which is null ? await session.FindTargetsAsync(named, cancellationToken) : await session.ListIdsAsync(which, cancellationToken);
            var windows = given.Count > 0 ? given : targets.Count == 1 && which is null ? UsualOfOne : Usual;
            var rows = targets.Count > 0 || which is not null
                ? await session.GetUptimeAsync(targets, windows, options.ZoneOf(session), cancellationToken)
                : await AllAsync(session, windows, options.ZoneOf(session), cancellationToken);
            UptimeOutput.Show(rows, options.ShownZone(session), session);
            return ExitCodes.Ok;
        });
    }

    // The windows of a target stand together.
    private static async Task<List<UptimeRow>> AllAsync(Session session, IReadOnlyList<UptimeWindow> windows, string zone, CancellationToken cancellationToken)
    {
        var rows = new List<UptimeRow>();
        foreach (var window in windows)
        {
            rows.AddRange(await session.ListUptimesAsync(window, zone, cancellationToken));
        }

        return windows.Count == 1 ? rows : [.. rows.OrderBy(row => row.TargetId)];
    }
}
