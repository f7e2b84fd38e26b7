using MessagePack;

namespace Skypunch.Contracts;

/// <summary>A service of an OpenStack catalog.</summary>
/// <param name="ServiceType">The service's type or an alias of it: "compute", "object-store".</param>
/// <param name="RegionName">The service's region; null: the region that the authentication's parameters name, else any region.</param>
/// <param name="Interface">public, internal or admin; null: the interface that the authentication's parameters name, else public.</param>
[MessagePackObject]
public sealed record CatalogService(
    [property: Key(0)] string ServiceType,
    [property: Key(1)] string? RegionName = null,
    [property: Key(2)] string? Interface = null);
