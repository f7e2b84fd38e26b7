using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>Ready: the tables are up to date and the database answers.</summary>
internal sealed class DatabaseHealthCheck<TContext>(TContext db, StartupGate gate) : IHealthCheck
    where TContext : DbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }

        return gate.IsOpen ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The tables are not up to date yet.");
    }
}
