using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>Notifiers as the tables of 2013, and their deliveries.</summary>
internal static class NotifierTables
{
    private const string RowFault = "Row Fault";

    // What few notifiers have: it is shown where one has it.
    private static readonly (string Title, Func<Notifier, string> Text)[] Rare = [("Match", n => n.Match), ("Hours", n => n.Hours), (RowFault, n => n.RowFault)];

    /// <summary>The list; what none of the notifiers has is no column.</summary>
    public static ResultTable List(IReadOnlyCollection<Notifier> notifiers)
    {
        var rare = Rare.Where(column => notifiers.Any(notifier => column.Text(notifier).Length > 0)).ToList();
        var table = new ResultTable(["ID", "Name", "Enabled", "Type", "Address", .. rare.Select(column => column.Title)], 1, 4, 5, 6, 7);
        foreach (var notifier in notifiers)
        {
            table.AddRow([notifier.Id, notifier.Name, notifier.IsEnabled(), notifier.Type, notifier.Address, .. rare.Select(column => (TableCell)column.Text(notifier))]);
        }

        return table;
    }

    /// <summary>Who would be told of a failure. The reasons have a column only where somebody is told for some only.</summary>
    public static ResultTable List(IReadOnlyCollection<NotifierVerdict> verdicts)
    {
        var hasReasons = verdicts.Any(verdict => verdict.Reasons.Count > 0);
        string[] titles = ["ID", "Name", "Verdict", "Why"];
        var table = new ResultTable(hasReasons ? [.. titles, "Reasons"] : titles, 1, 3, 4);
        foreach (var verdict in verdicts)
        {
            TableCell[] cells = [verdict.Notifier.Id, verdict.Notifier.Name, NotifierDisplay.Cell(verdict.Verdict), verdict.Why];
            table.AddRow(hasReasons ? [.. cells, string.Join(", ", verdict.Reasons)] : cells);
        }

        return table;
    }

    public static ResultTable Details(Notifier notifier)
    {
        return ResultTable.OfDetails(
        [
            ("ID", notifier.Id),
            ("Name", notifier.Name),
            ("Enabled", notifier.IsEnabled()),
            ("Type", notifier.Type),
            ("Address", notifier.Address),
            ("Pass Count", notifier.PassCount),
            ("Fail Count", notifier.FailCount),
            .. Rare.Where(row => row.Text(notifier).Length > 0).Select(row => (row.Title, (TableCell)row.Text(notifier))),
        ]);
    }

    /// <summary>The deliveries; the digests have a column only where one is among them.</summary>
    public static ResultTable List(IReadOnlyCollection<Delivery> deliveries, TimeProvider clock)
    {
        string[] titles = ["ID", "Notifier", "Target", "Change", "Changed", "State", "Attempts", "Sent", "Next Attempt", "Last Error"];
        var hasDigests = deliveries.Any(delivery => delivery.DigestId.Length > 0);
        var table = hasDigests ? new ResultTable([.. titles, "Digest"], 2, 9, 10) : new ResultTable(titles, 2, 9);
        foreach (var delivery in deliveries)
        {
            TableCell[] cells =
            [
                delivery.Id,
                delivery.NotifierId,
                $"[{delivery.TargetId}] {delivery.TargetName}",
                delivery.Change,
                Times.Local(delivery.ChangeTime, clock),
                NotifierDisplay.Cell(delivery.State),
                delivery.Attempts,
                Times.Local(delivery.SentTime, clock),
                Times.Local(delivery.NextAttemptTime, clock),
                delivery.LastError,
            ];
            table.AddRow(hasDigests ? [.. cells, delivery.DigestId] : cells);
        }

        return table;
    }
}
