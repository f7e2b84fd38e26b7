using System.Net;
using Microsoft.AspNetCore.Http;

namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Which host names a request may name, and which pages may send one. A page in a browser reaches this machine under a name of its author's, which he lets point here (DNS rebinding): what it
/// cannot do is to name an address, or a name that nobody can register. Pure.
/// </summary>
internal sealed class AllowedHosts(string? configured)
{
    // Names without a dot are those of this machine, a container or a network of one's own; nobody can register one, nor a name below these.
    private static readonly string[] PrivateSuffixes = [".localhost", ".internal", ".svc", ".svc.cluster.local"];

    private readonly HashSet<string> _names = new(
        [.. (configured ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries), Environment.MachineName],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request may name this host, as in its <c>Host</c> or <c>:authority</c>.</summary>
    public bool Allows(HostString host)
    {
        var name = host.Host.TrimEnd('.');
        return name.Length > 0
            && (IPAddress.TryParse(name, out _)
                || !name.Contains('.', StringComparison.Ordinal)
                || PrivateSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                || _names.Contains(name));
    }

    /// <summary>Whether a page of this origin may send a request to a host: its own pages may, and what is no page sends no origin.</summary>
    public static bool AllowsOrigin(string? origin, HostString host)
        => origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Scheme is "http" or "https"
            && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase));
}
