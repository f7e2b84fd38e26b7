namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>The key that seals credentials at rest and on the bus. All services of one system have the same.</summary>
public sealed class SecretsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Secrets";

    /// <summary>The key itself: 32 bytes in base64.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the key. <see cref="Key"/> goes before it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>While keys are changed: a second key, which opens what <see cref="Key"/> does not, and seals nothing. 32 bytes in base64.</summary>
    public string? OtherKey { get; set; }

    /// <summary>A file that holds the second key. <see cref="OtherKey"/> goes before it.</summary>
    public string? OtherKeyFile { get; set; }
}
