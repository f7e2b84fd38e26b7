using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>A probe in the form of 2013: the verdict on one line, then a line a step.</summary>
internal static class ProbeReportText
{
    private const int NameWidth = 30;

    public static void Write(Target target, ProbeReport report, Surroundings surroundings)
    {
        var name = Printable.Of(target.Name);
        var padding = new string(' ', Math.Max(0, NameWidth - ResultTable.Width(name)));
        var request = $"{Printable.Of(target.Method)} {Printable.Of(target.Url)}";
        var verdict = report.Passed ? "PASS" : "FAIL";
        surroundings.Out.WriteLine($"[{target.Id}] {name}{padding} {request} {verdict} ({Printable.Of(report.Description)})");
        foreach (var step in report.Steps)
        {
            surroundings.Out.WriteLine($"{Times.LocalPrecise(step.EndTime, surroundings.Time)} {Ending(step, report)}");
        }
    }

    private static string Ending(TraceStep step, ProbeReport report)
    {
        var text = Printable.Of(step.Text);
        return step.Outcome switch
        {
            StepOutcome.Ok => $"{text} [OK]",
            StepOutcome.Fail => $"{text} [FAIL] reason: {Printable.Of(report.Description)}",
            _ => text,
        };
    }
}
