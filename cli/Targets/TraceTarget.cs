using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets ID trace</c>: what the last failing probe and that of the last change did.</summary>
internal static class TraceTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("trace", "Shows what the last failing probe did, step by step, and the probe of the last change of status.")
        {
            Usage = ["targets ID trace", "targets trace ID"],
            Examples =
            [
                ("targets 1 trace", "Tells what happened last night."),
                ("targets 1 trace -o json", "Tells it to a program."),
            ],
            Remarks = "Each step has the time at which it ended; in brackets, when it began after the begin of the probe, and how long it took.",
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var request = new GetTargetTracesRequest { Id = await session.FindTargetAsync(id, cancellationToken) };
            var traces = await session.Api.Targets.GetTargetTracesAsync(request, session.Call(cancellationToken));
            session.Show(TargetTracesJson.Of(traces), TargetShapes.Json.TargetTracesJson, () => Write(traces, session));
            return ExitCodes.Ok;
        });

    private static void Write(GetTargetTracesResponse traces, Session session)
    {
        var change = $"{EnumWords.Of(traces.LastChangeFrom)} > {EnumWords.Of(traces.LastChangeTo)}";
        Write("Last failure:", traces.LastFailure, "has not failed yet");
        if (traces.LastFailure is not null || traces.LastChange is not null)
        {
            session.Surroundings.Out.WriteLine();
        }

        Write($"Last change, {change}:", traces.LastChange, "has not changed yet");

        void Write(string title, ProbeReport? report, string none)
        {
            if (report is null)
            {
                session.Say($"Target: {traces.Target.Name} {none}");
                return;
            }

            session.Say(title);
            ProbeReportText.Write(traces.Target, report, session.Surroundings);
        }
    }
}

/// <summary>The traces of a target for programs.</summary>
internal sealed record TargetTracesJson(
    ProbeReportJson? LastFailure,
    ProbeReportJson? LastChange,
    string? LastChangeFrom,
    string? LastChangeTo)
{
    public static TargetTracesJson Of(GetTargetTracesResponse traces) => new(
        Of(traces.Target, traces.LastFailure),
        Of(traces.Target, traces.LastChange),
        JsonShape.NullIfEmpty(EnumWords.Of(traces.LastChangeFrom)),
        JsonShape.NullIfEmpty(EnumWords.Of(traces.LastChangeTo)));

    private static ProbeReportJson? Of(Target target, ProbeReport? report) => report is null ? null : ProbeReportJson.Of(target, report);
}
