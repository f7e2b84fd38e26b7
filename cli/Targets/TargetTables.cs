using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Cli.History;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>Targets as the tables of 2013; what is new stands after what was there then.</summary>
internal static class TargetTables
{
    private const int LongestInList = 60;

    // What a list shows where a target has it and there is room; where there is not, the last of them goes first.
    private static readonly (string Title, Func<Target, string> Text)[] More =
    [
        ("Maintenance", target => target.State?.Maintenance?.WindowName ?? ""),
        ("Group", target => target.Group),
        ("Labels", target => LabelText.Of(target.Labels)),
        ("Description", target => FirstLine(target.Description)),
    ];

    /// <summary>
    /// The list; with the group, the labels and the first line of the description where a target has them and there is room.
    /// </summary>
    public static ResultTable List(IReadOnlyList<Target> targets, Surroundings surroundings)
    {
        var more = More.Where(column => targets.Any(target => column.Text(target).Length > 0)).ToArray();
        return ResultTable.Fitting(
            surroundings,
            Enumerable.Range(0, more.Length + 1).Select(left => new Func<ResultTable>(() => List(targets, surroundings.Time, more[..(more.Length - left)]))));
    }

    private static ResultTable List(IEnumerable<Target> targets, TimeProvider clock, (string Title, Func<Target, string> Text)[] more)
    {
        var table = new ResultTable(["ID", "Name", "Status", "LastUpdated", "Enabled", "Pass Count", "Fail Count", .. more.Select(column => column.Title)], 1, 7, 8, 9, 10);
        foreach (var target in targets)
        {
            var state = target.State ?? new TargetState();
            table.AddRow(
            [
                target.Id,
                target.Name,
                TargetDisplay.Cell(state.Status),
                Times.Local(state.LastUpdateTime, clock),
                target.IsEnabled(),
                state.PassCount,
                state.FailCount,
                .. more.Select(column => (TableCell)column.Text(target)),
            ]);
        }

        return table;
    }

    // The mark says that there is more: of the line, or more lines. A character of two units is not cut in half.
    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0];
        var length = Math.Min(line.Length, LongestInList - 1);
        return line.Length <= LongestInList && line.Length == text.Length
            ? line
            : $"{line[..(char.IsHighSurrogate(line.ElementAtOrDefault(length - 1)) ? length - 1 : length)]}…";
    }

    /// <summary>The row with the bar, as long as fits beside the name of the row; none where there is no result.</summary>
    public static IEnumerable<(string Name, TableCell Value)> LastResults(Target target, Surroundings surroundings)
    {
        const int Beside = 26; // the widest name and the rules
        return target.State?.RecentResults is { Count: > 0 } results
            ? [("Last Results", ResultBar.Of(results, surroundings, Math.Clamp((surroundings.TerminalWidth ?? int.MaxValue) - Beside, 10, ResultBar.Longest)))]
            : [];
    }

    public static ResultTable Details(Target target, Surroundings surroundings)
    {
        var clock = surroundings.Time;
        var state = target.State ?? new TargetState();
        return ResultTable.OfDetails([
            ("ID", target.Id),
            ("Name", target.Name),
            ("Status", TargetDisplay.Cell(state.Status)),
            ("Enabled", target.IsEnabled()),
            .. state.Maintenance is { } window
                ? new (string, TableCell)[] { ("Maintenance", $"[{window.WindowId}] {window.WindowName}, until {Times.Local(window.EndTime, clock)}") }
                : [],
            ("Status Description", state.StatusDescription),
            ("Last Updated", Times.Local(state.LastUpdateTime, clock)),
            ("Target URL", target.Address()),
            ("Target Method", target.Method),
            ("Authentication", EnumWords.Of(target.Authn)),
            ("Expected Value", target.PassResult),
            ("Frequency (sec)", target.Frequency?.Seconds ?? 0),
            ("Timeout (sec)", Times.Seconds(target.Timeout).ToString(CultureInfo.InvariantCulture)),
            ("Pass Count", state.PassCount),
            ("Fail Count", state.FailCount),
            ("200 Status Count", state.Count200),
            ("300 Status Count", state.Count300),
            ("400 Status Count", state.Count400),
            ("500 Status Count", state.Count500),
            ("Network Fail Count", state.NetworkFailCount),
            ("Repeated Fail Count", state.RepeatedFailCount),
            ("Missed Count", state.MissedCount),
            ("Next Probe", Times.Local(state.NextProbeTime, clock)),
            ("Failure Threshold", target.FailureThreshold),
            ("Success Threshold", target.SuccessThreshold),
            .. TargetRequestRows.Of(target),
            .. LastResults(target, surroundings),
        ]);
    }
}
