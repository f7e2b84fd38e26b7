using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Adds the admin API's bearer token: every endpoint that does not say otherwise wants it.</summary>
internal static class AdminTokenExtensions
{
    private const string HealthEndpoint = "Health";

    public static void AddAdminToken(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AdminOptions.Section).Get<AdminOptions>() ?? new AdminOptions();
        var token = BearerToken.Read(AdminOptions.Section, options.Token, options.TokenFile);
        if (!token.IsSet)
        {
            RefuseToListenBeyondLoopback(builder.Configuration);
        }

        builder.Services.AddSingleton(token);

        // AddAuthentication() would bring data protection too, which keeps keys for cookies in the home folder.
        builder.Services.AddAuthenticationCore(authentication => authentication.DefaultScheme = AdminTokenHandler.Scheme);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, AdminTokenHandler>(AdminTokenHandler.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    // The health endpoint takes nothing and tells no more than whether we are well (its metrics have a door of their own); an orchestrator must reach it from outside.
    private static void RefuseToListenBeyondLoopback(ConfigurationManager configuration)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren().Where(e => e.Key != HealthEndpoint))
        {
            if (endpoint["Url"] is { } url && !IsLoopback(url))
            {
                throw new StartupException(
                    $"Kestrel:Endpoints:{endpoint.Key}:Url is {url}, which can be reached from other machines, but no token protects the admin API: "
                    + "set Admin:Token or Admin:TokenFile, or listen on http://127.0.0.1.");
            }
        }
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
