using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Adds the admin API's bearer token: every endpoint that does not say otherwise wants it.</summary>
internal static class AdminTokenExtensions
{
    public static void AddAdminToken(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AdminOptions.Section).Get<AdminOptions>() ?? new AdminOptions();
        var token = BearerToken.Read(AdminOptions.Section, options.Token, options.TokenFile);
        if (!token.IsSet)
        {
            RefuseToListen(builder.Configuration);
        }

        builder.Services.AddSingleton(token);

        // AddAuthentication() would bring data protection too, which keeps keys for cookies in the home folder.
        builder.Services.AddAuthenticationCore(authentication => authentication.DefaultScheme = AdminTokenHandler.Scheme);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, AdminTokenHandler>(AdminTokenHandler.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    // The health endpoint takes nothing and tells no more than whether we are well (its metrics have a door of their own): a Prober needs no token. On loopback a token is wanted, too: whatever
    // runs on this machine, a browser with a foreign page among it, can call there.
    private static void RefuseToListen(ConfigurationManager configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().FirstOrDefault(endpoint => endpoint.Key != HealthDoor.Name) is { } endpoint)
        {
            throw new StartupException(
                $"No token protects the admin API, which listens on {endpoint["Url"]}: set Admin:Token or Admin:TokenFile, such as to what 'openssl rand -hex 32' prints.");
        }
    }
}
