namespace Skypunch.Prober.Keystone;

/// <summary>A version of Keystone's API.</summary>
internal enum KeystoneVersion
{
    /// <summary>Not known: Keystone is asked for its list of versions.</summary>
    Unknown,

    /// <summary>v2.0, which left Keystone in 2018; compatible clouds still answer it.</summary>
    V2,

    /// <summary>v3.</summary>
    V3,
}

/// <summary>The endpoint of Keystone. The path of the URL has no version and no slash at its end.</summary>
internal sealed record KeystoneEndpoint(Uri Url, KeystoneVersion Version)
{
    /// <summary>
    /// Reads the endpoint: the version is told by the end of the path, else by <paramref name="version"/>, else it is not known yet.
    /// </summary>
    public static KeystoneEndpoint Of(Uri url, string? version)
    {
        var path = Without(Without(url.AbsolutePath, "/tokens"), "/auth");
        var found = path switch
        {
            _ when Ends(path, "/v2.0") => KeystoneVersion.V2,
            _ when Ends(path, "/v3") => KeystoneVersion.V3,
            _ => version?.Trim().TrimStart('v') switch
            {
                "2" or "2.0" => KeystoneVersion.V2,
                "3" => KeystoneVersion.V3,
                _ => KeystoneVersion.Unknown,
            },
        };
        var root = new UriBuilder(url.Scheme, url.Host, url.Port, Without(Without(path, "/v2.0"), "/v3"));
        return new KeystoneEndpoint(root.Uri, found);
    }

    /// <summary>The URL at which a version takes logins.</summary>
    /// <param name="url">Keystone's URL, without a version.</param>
    /// <param name="version">The version.</param>
    /// <param name="link">The URL of the version as Keystone itself gives it; null: the version is below the URL.</param>
    public static Uri LoginUrl(Uri url, KeystoneVersion version, Uri? link = null)
    {
        var (name, tokens) = version is KeystoneVersion.V2 ? ("/v2.0", "/tokens") : ("/v3", "/auth/tokens");
        return new($"{link?.AbsoluteUri.TrimEnd('/') ?? url.AbsoluteUri.TrimEnd('/') + name}{tokens}");
    }

    private static bool Ends(string path, string end) => path.TrimEnd('/').EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static string Without(string path, string end) => Ends(path, end) ? path.TrimEnd('/')[..^end.Length] : path.TrimEnd('/');
}
