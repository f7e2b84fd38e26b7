using System.Text.Json;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Targets;

/// <summary>The stored traces of a target as the API shows them.</summary>
internal static class TargetTraces
{
    public static GetTargetTracesResponse Read(IEnumerable<TargetTrace> traces, Admin.V1.Target target)
    {
        var response = new GetTargetTracesResponse { Target = target };
        foreach (var trace in traces)
        {
            var probe = JsonSerializer.Deserialize<TracedProbe>(trace.Payload)!;
            var report = ProbeReports.Of(probe.Result, probe.Prober);
            if (trace.Kind == TargetTrace.Failure)
            {
                response.LastFailure = report;
            }
            else
            {
                response.LastChange = report;
                response.LastChangeFrom = TargetWords.ToProto(TargetStatusConverter.Read(probe.From!));
                response.LastChangeTo = TargetWords.ToProto(TargetStatusConverter.Read(probe.To!));
            }
        }

        return response;
    }
}
