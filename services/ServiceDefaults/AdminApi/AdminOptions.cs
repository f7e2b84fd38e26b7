using Microsoft.Extensions.Configuration;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Who may use the admin API.</summary>
public sealed class AdminOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that a caller must show. Required where the API is served.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token. <see cref="Token"/> has precedence.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The token, for a process that calls the admin API itself; null: none is set.</summary>
    /// <exception cref="StartupException">The token is empty, or its file cannot be read.</exception>
    public static string? ReadToken(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<AdminOptions>() ?? new AdminOptions();
        return BearerToken.ReadText(Section, options.Token, options.TokenFile);
    }
}
