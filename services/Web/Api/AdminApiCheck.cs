using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Skypunch.Web.Api;

/// <summary>
/// Asks the admin API for a session that does not exist. That is the cheapest call which shows that the API, its store and the token work: it
/// is a look into one index, and needs the token.
/// </summary>
internal sealed class AdminApiCheck(ApiClients api, TimeProvider clock) : IHealthCheck
{
    // Shorter than /readyz waits (Readiness), so that the answer says why.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.7);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var deadline = (clock.GetUtcNow() + Patience).UtcDateTime;
            await api.Access.FindSessionAsync(new(), deadline: deadline, cancellationToken: cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return HealthCheckResult.Healthy();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return HealthCheckResult.Unhealthy("Admin:Token or Admin:TokenFile is not the Scheduler's token");
        }
        catch (RpcException e)
        {
            return HealthCheckResult.Unhealthy($"the admin API does not answer ({e.StatusCode})");
        }
    }
}
