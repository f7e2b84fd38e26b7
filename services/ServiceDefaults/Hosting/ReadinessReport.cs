using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>The answer of <c>/readyz</c>: which parts are ready, and why the others are not.</summary>
internal static class ReadinessReport
{
    public static async Task<IResult> AnswerAsync(Readiness readiness)
    {
        var parts = await readiness.AskAsync();
        var status = parts.Values.Select(part => part.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();
        return Results.Json(
            new
            {
                status = status.ToString(),
                checks = parts.ToDictionary(part => part.Key, part => new { status = part.Value.Status.ToString(), description = part.Value.Description }),
            },
            statusCode: status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
