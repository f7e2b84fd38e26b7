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
        => PathOf(url, serviceType) is { } path ? $"{OneLine.Of(serviceType)}:{path}" : SafeUrl.Of(url);

    /// <summary>The path below the catalog's service, safe to be shown on one line; null: the target has a URL.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? PathOf(string? url, string? serviceType)
        => string.IsNullOrEmpty(serviceType) ? null : QueryText.Masked(OneLine.Of(url));
}
