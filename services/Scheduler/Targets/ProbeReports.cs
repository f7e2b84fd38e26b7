using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Targets;

/// <summary>A probe's result as the API shows it.</summary>
internal static class ProbeReports
{
    public static ProbeReport Of(ProbeResult result, string prober)
    {
        var report = new ProbeReport
        {
            Passed = result.Passed,
            Reason = result.Reason,
            Description = result.Description,
            StatusCode = result.StatusCode ?? 0,
            StartTime = result.StartedAt.ToTimestamp(),
            Duration = result.Duration.ToDuration(),
            Prober = prober,
            Advice = result.Advice ?? "",
        };
        report.Steps.AddRange((result.Trace ?? []).Select(step => Of(step, result.StartedAt)));
        return report;
    }

    private static TraceStep Of(ProbeStep step, DateTimeOffset startedAt) => new()
    {
        Phase = step.Phase,
        EndTime = step.EndedAt.ToTimestamp(),
        Duration = step.Took.ToDuration(),
        Offset = step.OffsetFrom(startedAt).ToDuration(),
        Text = step.Text,
        Reason = step.Reason ?? "",
        Outcome = step.Outcome switch
        {
            Contracts.StepOutcome.Ok => Admin.V1.StepOutcome.Ok,
            Contracts.StepOutcome.Fail => Admin.V1.StepOutcome.Fail,
            _ => Admin.V1.StepOutcome.Unspecified,
        },
    };
}
