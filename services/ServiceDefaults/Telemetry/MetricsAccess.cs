using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>
/// Who may read metrics: a caller on the same machine, and a caller that shows the token of the metrics or of the admin API.
/// </summary>
public sealed class MetricsAccess
{
    private readonly BearerToken _token;

    private MetricsAccess(BearerToken token) => _token = token;

    internal static MetricsAccess Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        return new MetricsAccess(BearerToken.Read(TelemetryOptions.Section, options.Token, options.TokenFile));
    }

    internal bool Accepts(HttpContext context, BearerToken admin)
        => (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)) || ShowsToken(context, admin);

    internal bool ShowsToken(HttpContext context, BearerToken admin) => _token.IsShownBy(context.Request) || admin.IsShownBy(context.Request);
}

/// <summary>Restricts the access to metrics.</summary>
public static class MetricsAccessExtensions
{
    /// <summary>Accepts callers on the same machine, and callers that show a token.</summary>
    public static TBuilder RequireMetricsAccess<TBuilder>(this TBuilder endpoint, WebApplication app)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.Require(app, (access, context, admin) => access.Accepts(context, admin));

    /// <summary>
    /// Accepts only callers that show a token, even on this machine: these metrics name the targets, and other users of this machine are no
    /// operators.
    /// </summary>
    public static TBuilder RequireMetricsToken<TBuilder>(this TBuilder endpoint, WebApplication app)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.Require(app, (access, context, admin) => access.ShowsToken(context, admin));

    private static TBuilder Require<TBuilder>(this TBuilder endpoint, WebApplication app, Func<MetricsAccess, HttpContext, BearerToken, bool> mayRead)
        where TBuilder : IEndpointConventionBuilder
    {
        var access = app.Services.GetRequiredService<MetricsAccess>();
        var admin = app.Services.GetRequiredService<BearerToken>();
        return endpoint.RequireAuthorization(policy => policy.RequireAssertion(
            context => context.Resource is HttpContext http && mayRead(access, http, admin)));
    }
}
