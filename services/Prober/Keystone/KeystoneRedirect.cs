namespace Skypunch.Prober.Keystone;

/// <summary>Where a redirect may take a login, which carries a password. Pure.</summary>
internal static class KeystoneRedirect
{
    /// <summary>Whether a status is a redirect. A 300 is none: it is how Keystone lists its versions.</summary>
    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The next URL; null where the redirect is not followed: it leads to another host, from https to http, or nowhere.</summary>
    /// <param name="from">The URL that was asked.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="location">The answer's Location.</param>
    public static Uri? Next(Uri from, int status, string? location)
        => Is(status) && Target(from, location) is { } to && IsSameHost(from, to) && !IsDowngrade(from, to) ? to : null;

    /// <summary>Why a redirect was not followed, in words that follow the Location.</summary>
    public static string WhyNot(Uri from, string? location) => Target(from, location) switch
    {
        null => "which is no http or https URL",
        { } to when !IsSameHost(from, to) => "another host, which gets no password",
        { } to when IsDowngrade(from, to) => "where the password would travel in clear",
        _ => "one redirect too many",
    };

    private static Uri? Target(Uri from, string? location)
        => !string.IsNullOrWhiteSpace(location)
            && Uri.TryCreate(from, location.Trim(), out var to)
            && to is { Scheme: "http" or "https", UserInfo: "", IdnHost.Length: > 0 }
            ? to
            : null;

    private static bool IsSameHost(Uri from, Uri to) => string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsDowngrade(Uri from, Uri to) => from.Scheme == "https" && to.Scheme == "http";
}
