using System.Net;
using Microsoft.AspNetCore.Http;

namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Which host names a request may have, and which web pages may send a request. A web page of an attacker can reach this machine under a
/// name in the attacker's domain that resolves to this machine (DNS rebinding). It cannot send an IP address as the host, nor a name that
/// nobody can register, so these are allowed. Pure.
/// </summary>
internal sealed class AllowedHosts(string? configured)
{
    // Nobody can register a name without a dot, which names this machine, a container or a host of a private network; nor a name below
    // these suffixes.
    private static readonly string[] PrivateSuffixes = [".localhost", ".internal", ".svc", ".svc.cluster.local"];

    private readonly HashSet<string> _names = new(
        [.. (configured ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries), Environment.MachineName],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request may have this host in its header <c>Host</c> or <c>:authority</c>.</summary>
    public bool Allows(HostString host)
    {
        var name = host.Host.TrimEnd('.');
        return name.Length > 0
            && (IPAddress.TryParse(name, out _)
                || !name.Contains('.', StringComparison.Ordinal)
                || PrivateSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                || _names.Contains(name));
    }

    /// <summary>
    /// Whether a web page of this origin may send a request to a host: only the host's own pages may. A client that is no web page sends no
    /// origin, and is allowed.
    /// </summary>
    public static bool AllowsOrigin(string? origin, HostString host)
        => origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Scheme is "http" or "https"
            && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase));
}
