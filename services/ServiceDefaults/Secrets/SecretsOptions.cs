namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>The keys that seal credentials in the databases and on the bus. Each service has the keys of its own purposes.</summary>
public sealed class SecretsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Secrets";

    /// <summary>The keys themselves, as <see cref="SecretKeys.TryParse"/> reads them.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the keys. <see cref="Key"/> has precedence.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// A second set of keys, while keys are being changed. It opens the texts that <see cref="Key"/> does not open, and seals none.
    /// </summary>
    public string? OtherKey { get; set; }

    /// <summary>A file that holds the second set. <see cref="OtherKey"/> has precedence.</summary>
    public string? OtherKeyFile { get; set; }
}
