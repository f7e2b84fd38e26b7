using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>The database is ready when it answers, its tables are up to date, and its file (SQLite) is not damaged.</summary>
internal sealed class DatabaseHealthCheck<TContext>(TContext db, StartupGate gate, StoreWatch<TContext> watch) : IHealthCheck
    where TContext : DbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }

        if (watch.Fault is { } fault)
        {
            return HealthCheckResult.Unhealthy($"The store cannot be used as it is: {fault}");
        }

        return gate.IsOpen ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The tables are not up to date yet{(gate.Step.Doing is { } doing ? $": {doing}" : "")}.");
    }
}
