using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>A probe for programs.</summary>
internal sealed record ProbeReportJson(
    long Id,
    string Name,
    string Method,
    string Url,
    bool Passed,
    string Reason,
    string Description,
    int? StatusCode,
    DateTime? StartTime,
    double DurationSeconds,
    string Prober,
    IReadOnlyList<TraceStepJson> Steps,
    string? Advice)
{
    public static ProbeReportJson Of(Target target, ProbeReport report) => new(
        target.Id,
        target.Name,
        target.Method,
        target.Address(),
        report.Passed,
        report.Reason,
        report.Description,
        report.StatusCode == 0 ? null : report.StatusCode,
        Times.Utc(report.StartTime),
        Seconds(report.Duration),
        report.Prober,
        [.. report.Steps.Select(StepOf)],
        JsonShape.NullIfEmpty(report.Advice));

    private static TraceStepJson StepOf(TraceStep step)
        => new(
            step.Phase,
            Times.Utc(step.EndTime),
            Seconds(step.Duration),
            step.Text.TrimEnd(),
            OutcomeOf(step),
            JsonShape.NullIfEmpty(step.Reason),
            Seconds(step.Offset));

    private static double Seconds(Duration? duration) => duration?.ToTimeSpan().TotalSeconds ?? 0;

    private static string? OutcomeOf(TraceStep step) => step.Outcome switch
    {
        StepOutcome.Ok => "OK",
        StepOutcome.Fail => "FAIL",
        _ => null,
    };
}

/// <summary>A step of a probe; without an outcome it is a remark.</summary>
internal sealed record TraceStepJson(
    string Phase,
    DateTime? EndTime,
    double DurationSeconds,
    string Text,
    string? Outcome,
    string? Reason,
    double OffsetSeconds);
