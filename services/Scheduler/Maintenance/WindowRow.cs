using Skypunch.Contracts.Filters;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>Reads a row of a maintenance window, and says what is wrong with it. The API demands the same of a window. Pure.</summary>
internal static class WindowRow
{
    // Not what a window is about: with "status = FAIL" it would cover a target because it fails.
    private static readonly Dictionary<string, string> Refused = new[] { "status", "reason" }
        .ToDictionary(field => field, field => $"{field} makes no sense in a maintenance window: it changes with each probe");

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="faults">What is wrong; empty: nothing is.</param>
    /// <returns>The window; null: something is wrong.</returns>
    public static KnownWindow? Read(MaintenanceWindow row, out List<WindowFault> faults)
    {
        faults = [];
        if (row.Name is not { Length: > 0 and <= MaintenanceWindow.LongestName } || row.Name.Trim().Length != row.Name.Length || !OneLine.Is(row.Name))
        {
            faults.Add(new WindowFault(
                "name",
                $"must have 1 to {MaintenanceWindow.LongestName} characters on one line, without white space at its ends or marks of writing direction"));
        }

        if (row.Description is { } description && (description.Length > MaintenanceWindow.LongestDescription || !OneLine.Is(description)))
        {
            faults.Add(new WindowFault("description", $"must have at most {MaintenanceWindow.LongestDescription} characters on one line, without marks of writing direction"));
        }

        var filter = ReadFilter(row.Filter ?? "", faults);
        var schedule = ScheduleText.Read(row, faults);
        return faults.Count == 0 ? new KnownWindow(row.Id, row.Name!, filter!, schedule!) : null;
    }

    private static Filter? ReadFilter(string text, List<WindowFault> faults)
    {
        if (!FilterText.TryParse(text, out var filter, out var error, Refused))
        {
            faults.Add(new WindowFault("filter", error));
        }
        else if (filter is null)
        {
            faults.Add(new WindowFault("filter", "must say which targets are meant; 'id > 0' means all"));
        }

        return filter;
    }
}
