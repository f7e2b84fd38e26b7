namespace Skypunch.Contracts.Texts;

/// <summary>The interfaces of a service in an OpenStack catalog.</summary>
public static class CatalogInterfaces
{
    /// <summary>The interface for users; the default.</summary>
    public const string Public = "public";

    /// <summary>The interface in the cloud's own network.</summary>
    public const string Internal = "internal";

    /// <summary>The interface for operators.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Public, Internal, Admin];

    /// <summary>
    /// The plain name of an interface, which may be spelled as in Keystone's API v2.0, "publicURL"; public where none is given.
    /// </summary>
    public static string Normal(string? text)
    {
        var name = (text ?? "").Trim().ToLowerInvariant();
        var plain = name.EndsWith("url", StringComparison.Ordinal) ? name[..^3] : name;
        return plain.Length == 0 ? Public : plain;
    }
}
