using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Keystone;

/// <summary>The services that a token gives access to, and where they are. Pure.</summary>
internal sealed class KeystoneCatalog(IReadOnlyList<CatalogEndpoint> endpoints)
{
    /// <summary>The catalog of a token without a scope.</summary>
    public static readonly KeystoneCatalog Empty = new([]);

    private const int MostNamed = 20;
    private const int LongestName = 40;

    /// <summary>Reads the catalog of an answer of v3 (<c>token.catalog</c>) or of v2.0 (<c>access.serviceCatalog</c>).</summary>
    public static KeystoneCatalog Read(JsonElement? answer)
    {
        var v3 = from service in answer.At("token", "catalog").Items()
                 from endpoint in service.At("endpoints").Items()
                 select (service, endpoint, endpoint.At("interface").Text(), endpoint.At("url").Text());
        var v2 = from service in answer.At("access", "serviceCatalog").Items()
                 from endpoint in service.At("endpoints").Items()
                 from face in (string[])["public", "internal", "admin"]
                 select (service, endpoint, (string?)face, endpoint.At($"{face}URL").Text());
        return new KeystoneCatalog([.. v3.Concat(v2).Select(found => Endpoint(found.service, found.endpoint, found.Item3, found.Item4))
            .OfType<CatalogEndpoint>()]);
    }

    /// <summary>The URL of a service, or a failure that says what the catalog has instead.</summary>
    /// <param name="service">The service's type or an alias of it.</param>
    /// <param name="region">The service's region; null: any.</param>
    /// <param name="face">The interface, also spelled as "publicURL"; null: public.</param>
    public (Uri? Url, ProbeFailure? Failure) Find(string service, string? region, string? face)
    {
        var type = ServiceTypes.NamesOf(service).FirstOrDefault(name => endpoints.Any(e => Same(e.Type, name)));
        var ofType = endpoints.Where(e => Same(e.Type, type)).ToArray();
        if (ofType.Length == 0)
        {
            return Miss($"no service {Words.Quote(service)}", "no service at all", endpoints.Select(e => e.Type));
        }

        var inRegion = ofType.Where(e => string.IsNullOrEmpty(region) || e.Region == region).ToArray();
        if (inRegion.Length == 0)
        {
            return Miss($"no service {Words.Quote(type)} in the region {Words.Quote(region)}", "no region", ofType.Select(e => e.Region));
        }

        var wanted = CatalogInterfaces.Normal(face);
        return inRegion.FirstOrDefault(e => e.Interface == wanted) is { } found
            ? (found.Url, null)
            : Miss($"no interface {Words.Quote(wanted)} of {Words.Quote(type)}", "none", inRegion.Select(e => e.Interface));
    }

    private static CatalogEndpoint? Endpoint(JsonElement? service, JsonElement? endpoint, string? face, string? url)
        => service.At("type").Text() is { } type && WebUrl.Read(url, out var found) is UrlFault.None
            ? new CatalogEndpoint(
                type,
                endpoint.At("region_id").Text() ?? endpoint.At("region").Text() ?? "",
                CatalogInterfaces.Normal(face),
                found!)
            : null;

    private static (Uri?, ProbeFailure?) Miss(string what, string nothing, IEnumerable<string> there)
    {
        var names = there.Distinct().Order(StringComparer.Ordinal).Select(name => Words.Cap(OneLine.Of(name), LongestName)).ToArray();
        var shown = names.Length > MostNamed ? [.. names.Take(MostNamed), $"{names.Length - MostNamed} more"] : names;
        return (null, new ProbeFailure(
            ProbeReasons.AuthCatalogMiss,
            $"the catalog of Keystone has {what}; it has {(shown.Length == 0 ? nothing : Words.List(shown))}",
            shown.Length == 0 ? KeystoneAdvice.EmptyCatalog : KeystoneAdvice.CatalogMiss));
    }

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One endpoint of a catalog.</summary>
internal sealed record CatalogEndpoint(string Type, string Region, string Interface, Uri Url);
