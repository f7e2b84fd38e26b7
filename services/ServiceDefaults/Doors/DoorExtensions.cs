using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Guards the listeners ("doors") of a process. The health endpoint's port answers only what belongs there, and no other port answers that.
/// Requests of web pages of other sites and requests for unknown host names are refused.
/// </summary>
public static class DoorExtensions
{
    private const string PermissionDenied = "7"; // gRPC's status code

    internal static void AddDoors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AllowedHosts(builder.Configuration[$"{DoorOptions.Section}:{nameof(DoorOptions.AllowedHosts)}"]));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigurationLoader?.Endpoint(HealthDoor.Name, health => Mark(health.ListenOptions)));
    }

    /// <summary>Has this route answered at the health endpoint, and nowhere else.</summary>
    public static TBuilder AtHealthDoor<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(HealthDoor.Mark);

    internal static void UseDoors(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<AllowedHosts>();
        app.Use((context, next) =>
            !hosts.Allows(context.Request.Host)
                ? RefuseAsync(context, $"Skypunch does not answer to the host name in this request: add it to {DoorOptions.Section}:{nameof(DoorOptions.AllowedHosts)}, or use an address.")
            : !AllowedHosts.AllowsOrigin(OriginOf(context.Request), context.Request.Host)
                ? RefuseAsync(context, "Skypunch does not answer to pages of other sites.")
            : IsAtWrongDoor(context) ? NotFound(context)
            : next(context));
    }

    private static string? OriginOf(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origin ? origin.ToString() : null;

    private static bool IsAtWrongDoor(HttpContext context)
        => context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<HealthDoor>() is null != context.Features.Get<HealthDoor>() is null;

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // A gRPC client reads the message from a header, and nothing from the body.
    private static Task RefuseAsync(HttpContext context, string words)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = PermissionDenied;
            context.Response.Headers["grpc-message"] = words;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(words);
    }

    private static void Mark(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(HealthDoor.Mark);
        return next(connection);
    });
}
