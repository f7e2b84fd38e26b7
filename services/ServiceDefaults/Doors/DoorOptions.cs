namespace Skypunch.ServiceDefaults.Doors;

/// <summary>The host names under which a process may be called.</summary>
public sealed class DoorOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Admin";

    /// <summary>
    /// More host names under which this process may be called, separated by commas. IP addresses, names without a dot and this machine's
    /// own name are always allowed. A request for another name is refused.
    /// </summary>
    public string? AllowedHosts { get; set; }

    /// <summary>
    /// The networks of reverse proxies whose <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c> are believed, such as <c>10.0.0.0/8</c>, separated
    /// by commas; none: nobody's are.
    /// </summary>
    public string? TrustedProxies { get; set; }
}
