using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>Notifiers as the tables of 2013, and their deliveries.</summary>
internal static class NotifierTables
{
    public static ResultTable List(IEnumerable<Notifier> notifiers)
    {
        var table = new ResultTable(["ID", "Name", "Enabled", "Type", "Address"], 1, 4);
        foreach (var notifier in notifiers)
        {
            table.AddRow(notifier.Id, notifier.Name, notifier.IsEnabled(), NotifierWords.Of(notifier.Type), notifier.Address);
        }

        return table;
    }

    public static ResultTable Details(Notifier notifier) => ResultTable.OfDetails(
        ("ID", notifier.Id),
        ("Name", notifier.Name),
        ("Enabled", notifier.IsEnabled()),
        ("Type", NotifierWords.Of(notifier.Type)),
        ("Address", notifier.Address),
        ("Pass Count", notifier.PassCount),
        ("Fail Count", notifier.FailCount));

    public static ResultTable List(IEnumerable<Delivery> deliveries, TimeProvider clock)
    {
        string[] titles = ["ID", "Notifier", "Target", "Change", "Changed", "State", "Attempts", "Sent", "Next Attempt", "Last Error"];
        var table = new ResultTable(titles, 2, 9);
        foreach (var delivery in deliveries)
        {
            table.AddRow(
                delivery.Id,
                delivery.NotifierId,
                $"[{delivery.TargetId}] {delivery.TargetName}",
                delivery.Change,
                Times.Local(delivery.ChangeTime, clock),
                NotifierWords.Cell(delivery.State),
                delivery.Attempts,
                Times.Local(delivery.SentTime, clock),
                Times.Local(delivery.NextAttemptTime, clock),
                delivery.LastError);
        }

        return table;
    }
}
