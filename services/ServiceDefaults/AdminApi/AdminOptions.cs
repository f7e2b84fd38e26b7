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
}
