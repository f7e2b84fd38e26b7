using Skypunch.Admin.V1;
using Skypunch.Cli.History;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>Targets with a bar of their last results and how available they were; the bar is as long as there is room.</summary>
internal static class WideTargetTable
{
    private static readonly int[] Lengths = [ResultBar.Longest, 40, 20, 10];

    /// <param name="targets">The targets, by id, with their last results.</param>
    /// <param name="uptimes">Their uptimes over the windows that have a column each.</param>
    /// <param name="surroundings">How wide the terminal is.</param>
    public static ResultTable Of(IReadOnlyList<Target> targets, IEnumerable<UptimeRow> uptimes, Surroundings surroundings)
    {
        var byTarget = uptimes.ToLookup(row => row.TargetId);
        var windows = targets.Count == 0 ? [] : byTarget[targets[0].Id].Select(row => $"Last {row.Window}").ToArray();
        return ResultTable.Fitting(surroundings, Lengths.Select(length => new Func<ResultTable>(() => Table(targets, byTarget, windows, length, surroundings))));
    }

    private static ResultTable Table(IEnumerable<Target> targets, ILookup<long, UptimeRow> uptimes, string[] windows, int length, Surroundings surroundings)
    {
        var table = new ResultTable(["ID", "Name", "Status", "Enabled", "Last Results", .. windows], 1);
        foreach (var target in targets)
        {
            var state = target.State ?? new TargetState();
            table.AddRow(
            [
                target.Id,
                target.Name,
                TargetDisplay.Cell(state.Status),
                target.IsEnabled(),
                ResultBar.Of(state.RecentResults, surroundings, length),
                .. uptimes[target.Id].Select(row => (TableCell)Percents.Of(row.Uptime.HasAvailabilityPercent ? row.Uptime.AvailabilityPercent : null)),
            ]);
        }

        return table;
    }
}
