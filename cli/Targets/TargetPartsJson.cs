using Skypunch.Admin.V1;

namespace Skypunch.Cli.Targets;

/// <summary>A header of the request; without a value where that is a secret.</summary>
internal sealed record HeaderJson(string Name, string? Value);

/// <summary>How TLS is spoken; the key of the client certificate is a secret.</summary>
internal sealed record TlsJson(bool SkipVerify, string? Ca, string? ClientCertificate, string? ServerName)
{
    public static TlsJson? Of(Tls? tls) => tls is null
        ? null
        : new(
            tls.SkipVerify,
            TargetJson.NullIfEmpty(tls.Ca),
            TargetJson.NullIfEmpty(tls.ClientCertificate),
            TargetJson.NullIfEmpty(tls.ServerName));
}

/// <summary>A service of an OpenStack catalog.</summary>
internal sealed record CatalogServiceJson(string ServiceType, string? RegionName, string? Interface)
{
    public static CatalogServiceJson? Of(CatalogService? catalog) => catalog is null
        ? null
        : new(catalog.ServiceType, TargetJson.NullIfEmpty(catalog.RegionName), TargetJson.NullIfEmpty(catalog.Interface));
}
