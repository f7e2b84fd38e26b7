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
        var token = new AdminToken(ReadToken(options));
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

    // A token that is empty by mistake must not open the API.
    private static string? ReadToken(AdminOptions options)
    {
        var token = options.Token ?? (options.TokenFile is { } file ? ReadFile(file) : null);
        return token is null || token.Trim().Length > 0
            ? token
            : throw new StartupException("Admin:Token, or the file that Admin:TokenFile names, is empty: give a token, or leave both out to serve this machine only.");
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Admin:TokenFile cannot be read: {e.Message}");
        }
    }

    // The health endpoint tells nothing and takes nothing; an orchestrator must reach it from outside.
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
