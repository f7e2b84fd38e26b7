using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>Notifiers as the tables of 2013, and their deliveries.</summary>
internal static class NotifierTables
{
    private const string RowFault = "Row Fault";

    /// <summary>The list; what is wrong with rows that cannot be read has a column only where there are such.</summary>
    public static ResultTable List(IReadOnlyCollection<Notifier> notifiers)
    {
        string[] titles = ["ID", "Name", "Enabled", "Type", "Address"];
        var table = notifiers.Any(HasFault) ? new ResultTable([.. titles, RowFault], 1, 4, 5) : new ResultTable(titles, 1, 4);
        foreach (var notifier in notifiers)
        {
            TableCell[] cells = [notifier.Id, notifier.Name, notifier.IsEnabled(), notifier.Type, notifier.Address];
            table.AddRow(notifiers.Any(HasFault) ? [.. cells, notifier.RowFault] : cells);
        }

        return table;
    }

    public static ResultTable Details(Notifier notifier)
    {
        (string, TableCell)[] details =
        [
            ("ID", notifier.Id),
            ("Name", notifier.Name),
            ("Enabled", notifier.IsEnabled()),
            ("Type", notifier.Type),
            ("Address", notifier.Address),
            ("Pass Count", notifier.PassCount),
            ("Fail Count", notifier.FailCount),
        ];
        return ResultTable.OfDetails(HasFault(notifier) ? [.. details, (RowFault, notifier.RowFault)] : details);
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

    private static bool HasFault(Notifier notifier) => notifier.RowFault.Length > 0;
}
