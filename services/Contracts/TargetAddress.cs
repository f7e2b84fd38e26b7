namespace Skypunch.Contracts;

/// <summary>What a target probes, as it may be shown on one line: its URL, or "compute:/servers" for a path below a service of a catalog.</summary>
public static class TargetAddress
{
    /// <summary>The address of a target.</summary>
    /// <param name="url">The stored URL or path.</param>
    /// <param name="serviceType">The type of the catalog's service; null or empty: the URL is one.</param>
    public static string Of(string? url, string? serviceType)
        => string.IsNullOrEmpty(serviceType) ? SafeUrl.Of(url) : $"{OneLine.Of(serviceType)}:{QueryText.Masked(OneLine.Of(url))}";
}
