using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Guards the listeners ("doors") of a process: the admin API, health, the page. Each answers only what belongs there.
/// Requests of web pages of other sites and requests for unknown host names are refused.
/// </summary>
public static class DoorExtensions
{
    private const string PermissionDenied = "7"; // gRPC's status code

    internal static void AddDoors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AllowedHosts(builder.Configuration[$"{DoorOptions.Section}:{nameof(DoorOptions.AllowedHosts)}"]));
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(builder.Configuration[$"{DoorOptions.Section}:{nameof(DoorOptions.TrustedProxies)}"], forwarded));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigurationLoader?.Endpoint(Door.Health.Name, health => Mark(health.ListenOptions, Door.Health));
            kestrel.ConfigurationLoader?.Endpoint(Door.Web.Name, web => Mark(web.ListenOptions, Door.Web));
        });
    }

    /// <summary>Has this route answered at the health endpoint, and nowhere else.</summary>
    public static TBuilder AtHealthDoor<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Door.Health);

    /// <summary>Has these routes answered where the page is, and nowhere else.</summary>
    public static TBuilder AtWebDoor<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Door.Web);

    internal static void UseDoors(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<AllowedHosts>();
        app.UseForwardedHeaders();
        app.Use((context, next) =>
            !hosts.Allows(context.Request.Host)
                ? RefuseAsync(context, $"Skypunch does not answer to the host name in this request: add it to {DoorOptions.Section}:{nameof(DoorOptions.AllowedHosts)}, or use an address.")
            : !AllowedHosts.AllowsOrigin(OriginOf(context.Request), context.Request.Host)
                ? RefuseAsync(context, "Skypunch does not answer to pages of other sites.")
            : IsAtWrongDoor(context) ? NotFound(context)
            : next(context));
    }

    private static void Trust(string? networks, ForwardedHeadersOptions forwarded)
    {
        var texts = (networks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        forwarded.ForwardedHeaders = texts.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost; // with no networks, all would be believed
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var text in texts)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(text, out var network)
                ? network
                : throw new StartupException($"{DoorOptions.Section}:{nameof(DoorOptions.TrustedProxies)} must be networks such as 10.0.0.0/8 with commas between them; '{text}' is none."));
        }
    }

    private static string? OriginOf(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origin ? origin.ToString() : null;

    private static bool IsAtWrongDoor(HttpContext context)
        => context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<Door>() != context.Features.Get<Door>();

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

    private static void Mark(ListenOptions listener, Door door) => listener.Use(next => connection =>
    {
        connection.Features.Set(door);
        return next(connection);
    });
}
