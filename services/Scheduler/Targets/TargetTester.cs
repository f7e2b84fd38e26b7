using Grpc.Core;
using MassTransit;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;
using Skypunch.ServiceDefaults.Secrets;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>Has a target probed now by any one Prober, outside its schedule.</summary>
internal sealed class TargetTester(IClientFactory bus, SecretBox secrets, TimeProvider clock)
{
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(5);

    /// <summary>Probes the target.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: no Prober answered within the target's timeout and five seconds.</exception>
    public async Task<ProbeReport> TestAsync(Target target, CancellationToken cancellationToken)
    {
        var job = ProbeJobs.Of(target, clock.GetUtcNow(), secrets) with { TraceOnPass = true };
        var patience = job.Timeout + Allowance;
        try
        {
            var client = bus.CreateRequestClient<TestProbe>(RequestTimeout.After(ms: (int)patience.TotalMilliseconds));
            var answer = await client.GetResponse<TestProbed>(new TestProbe(job), cancellationToken);
            return ProbeReports.Of(answer.Message.Result, answer.Message.Prober);
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
}
