namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>The keys that seal credentials at rest and on the bus: each service has those of its own purposes.</summary>
public sealed class SecretsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Secrets";

    /// <summary>The keys themselves, as <see cref="SecretKeys.TryParse"/> reads them.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the keys. <see cref="Key"/> goes before it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>While keys are changed: a second set, which opens what <see cref="Key"/> does not, and seals nothing.</summary>
    public string? OtherKey { get; set; }

    /// <summary>A file that holds the second set. <see cref="OtherKey"/> goes before it.</summary>
    public string? OtherKeyFile { get; set; }
}
