namespace Skypunch.Contracts.Texts;

/// <summary>
/// The address of a target, safe to be shown on one line: its URL, or "compute:/servers" for a path below a service of an OpenStack
/// catalog.
/// </summary>
public static class TargetAddress
{
    /// <summary>The address of a target.</summary>
    /// <param name="url">The stored URL or path.</param>
    /// <param name="serviceType">The type of the catalog's service; null or empty: <paramref name="url"/> is a URL.</param>
    public static string Of(string? url, string? serviceType)
        => string.IsNullOrEmpty(serviceType) ? SafeUrl.Of(url) : $"{OneLine.Of(serviceType)}:{QueryText.Masked(OneLine.Of(url))}";
}
