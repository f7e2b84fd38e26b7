using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MassTransit;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Scheduler.Targets;

/// <summary>Has a target probed now by any one Prober, outside its schedule.</summary>
internal sealed class TargetTester(IClientFactory bus, TimeProvider clock)
{
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(5);

    /// <summary>Probes the target.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: no Prober answered within the target's timeout and five seconds.</exception>
    public async Task<ProbeReport> TestAsync(Target target, Func<string?, string?> seal, CancellationToken cancellationToken)
    {
        var job = ProbeJobs.Of(target, clock.GetUtcNow()) with { SealedAuthnParameters = seal(target.AuthnParms), TraceOnPass = true };
        var patience = job.Timeout + Allowance;
        try
        {
            var client = bus.CreateRequestClient<TestProbe>(RequestTimeout.After(ms: (int)patience.TotalMilliseconds));
            var answer = await client.GetResponse<TestProbed>(new TestProbe(job), cancellationToken);
            return ToReport(answer.Message);
        }
        catch (RequestTimeoutException)
        {
            throw new RpcException(new Status(
                StatusCode.Unavailable,
                $"No prober answered within {patience.TotalSeconds:0} s: see whether one is running and reaches the message bus."));
        }
        catch (RequestFaultException)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The prober could not run the test: its log says why."));
        }
    }

    private static ProbeReport ToReport(TestProbed answer)
    {
        var result = answer.Result;
        var report = new ProbeReport
        {
            Passed = result.Passed,
            Reason = result.Reason,
            Description = result.Description,
            StatusCode = result.StatusCode ?? 0,
            StartTime = result.StartedAt.ToTimestamp(),
            Duration = result.Duration.ToDuration(),
            Prober = answer.Prober,
        };
        report.Steps.AddRange((result.Trace ?? []).Select(step => new TraceStep
        {
            Phase = step.Phase,
            EndTime = step.EndedAt.ToTimestamp(),
            Duration = step.Took.ToDuration(),
            Text = step.Text,
            Outcome = step.Outcome switch
            {
                Contracts.StepOutcome.Ok => Admin.V1.StepOutcome.Ok,
                Contracts.StepOutcome.Fail => Admin.V1.StepOutcome.Fail,
                _ => Admin.V1.StepOutcome.Unspecified,
            },
        }));
        return report;
    }
}
