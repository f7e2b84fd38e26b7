namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Who may use the admin API.</summary>
public sealed class AdminOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that a caller must show. Required where the API is served.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token. <see cref="Token"/> goes before it.</summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// Names under which this process is reached, beside addresses, names without a dot and this machine's own: separated by commas. A request for another name is refused.
    /// </summary>
    public string? AllowedHosts { get; set; }
}
