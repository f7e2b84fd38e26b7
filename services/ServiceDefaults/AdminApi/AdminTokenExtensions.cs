using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Adds the admin API's bearer token. Every endpoint requires it unless the endpoint says otherwise.</summary>
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

        // AddAuthentication() would also add data protection, which keeps keys for cookies in the home folder.
        builder.Services.AddAuthenticationCore(authentication => authentication.DefaultScheme = AdminTokenHandler.Scheme);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, AdminTokenHandler>(AdminTokenHandler.Scheme, null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    // The health endpoint needs no admin token: it changes nothing, and says only whether this process is ready (the metrics there have an
    // access check of their own). So a Prober, which has no other endpoint, needs no token. On loopback the admin API requires a token too:
    // any program on this machine can call it, even a browser that shows a page of another site. The page has its own login.
    private static void RefuseToListen(ConfigurationManager configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().FirstOrDefault(endpoint => endpoint.Key != Door.Health.Name && endpoint.Key != Door.Web.Name) is { } endpoint)
        {
            throw new StartupException(
                $"No token protects the admin API, which listens on {endpoint["Url"]}: set Admin:Token or Admin:TokenFile, such as to what 'openssl rand -hex 32' prints.");
        }
    }
}
