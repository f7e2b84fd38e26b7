using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Maintenance;

/// <summary>Maintenance windows as tables.</summary>
internal static class WindowTables
{
    public static ResultTable List(IEnumerable<MaintenanceWindow> windows, TimeProvider clock)
    {
        var table = new ResultTable(["ID", "Name", "Now", "When", "Targets By"], 1, 3, 4);
        foreach (var window in windows)
        {
            table.AddRow(window.Id, window.Name, WindowText.Now(window, clock), WindowText.When(window, clock), window.Filter);
        }

        return table;
    }

    public static ResultTable Details(MaintenanceWindow window, TimeProvider clock) => ResultTable.OfDetails([
        ("ID", window.Id),
        ("Name", window.Name),
        .. window.Description.Length > 0 ? new (string, TableCell)[] { ("Description", window.Description) } : [],
        ("Now", WindowText.Now(window, clock)),
        ("When", WindowText.When(window, clock)),
        ("Targets By", window.Filter),
        .. window.State is { HasTargetCount: true } state ? new (string, TableCell)[] { ("Targets", state.TargetCount) } : [],
        .. window.State?.Occurrences.Select((one, i) => (i == 0 ? "Comes" : "", (TableCell)WindowText.Of(one, window, clock))) ?? [],
        .. window.State is { RowFault.Length: > 0 } bad ? new (string, TableCell)[] { ("Row Fault", bad.RowFault) } : [],
    ]);
}
