namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Who may use the admin API.</summary>
public sealed class AdminOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that a caller must show. None: the API answers on loopback only.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token. <see cref="Token"/> goes before it.</summary>
    public string? TokenFile { get; set; }
}
