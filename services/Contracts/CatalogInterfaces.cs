namespace Skypunch.Contracts;

/// <summary>The interfaces of a service in an OpenStack catalog.</summary>
public static class CatalogInterfaces
{
    /// <summary>For users; the default.</summary>
    public const string Public = "public";

    /// <summary>For the cloud's own network.</summary>
    public const string Internal = "internal";

    /// <summary>For operators.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Public, Internal, Admin];

    /// <summary>The plain name of an interface that may be spelled as v2.0 does, "publicURL"; public where none is given.</summary>
    public static string Normal(string? text)
    {
        var name = (text ?? "").Trim().ToLowerInvariant();
        var plain = name.EndsWith("url", StringComparison.Ordinal) ? name[..^3] : name;
        return plain.Length == 0 ? Public : plain;
    }
}
