using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Targets;

/// <summary>
/// A probe in the 2013 format, with where its time went: the verdict on the first line, then a line for each step, with when the step
/// began and how long it took, then what can be done about a failure.
/// </summary>
internal static class ProbeReportText
{
    private const int NameWidth = 30;

    public static void Write(Target target, ProbeReport report, Surroundings surroundings)
    {
        var name = Printable.Of(target.Name);
        var padding = new string(' ', Math.Max(0, NameWidth - ResultTable.Width(name)));
        var request = $"{Printable.Of(target.Method)} {Printable.Of(target.Address())}";
        var verdict = report.Passed ? "PASS" : "FAIL";
        surroundings.Out.WriteLine($"[{(target.Id == 0 ? "-" : target.Id)}] {name}{padding} {request} {verdict} ({Printable.Of(report.Description)})");
        foreach (var step in report.Steps)
        {
            surroundings.Out.WriteLine($"{Times.LocalPrecise(step.EndTime, surroundings.Time)} {Words(step, report)}{Timing(step)}");
        }

        if (report.Advice.Length > 0)
        {
            surroundings.Out.WriteLine($"Advice: {Printable.Of(report.Advice)}");
        }
    }

    private static string Words(TraceStep step, ProbeReport report)
    {
        var text = Printable.Of(step.Text);
        return step.Outcome switch
        {
            StepOutcome.Ok => $"{text} [OK]",
            StepOutcome.Fail => $"{text} [FAIL] reason: {Printable.Of(step.Reason.Length > 0 ? step.Reason : report.Description)}",
            _ => text,
        };
    }

    // As the mail has it. An older server does not tell the offset.
    private static string Timing(TraceStep step)
        => step is { Duration: { } duration, Offset: { } offset } && duration.ToTimeSpan() is var took && took > TimeSpan.Zero
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" (+{offset.ToTimeSpan().TotalMilliseconds:0.0} ms, {took.TotalMilliseconds:0.0} ms)")
            : "";
}
