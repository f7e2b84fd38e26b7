using MessagePack;

namespace Skypunch.Contracts;

/// <summary>A service of an OpenStack catalog.</summary>
/// <param name="ServiceType">Its type or an alias of it: "compute", "object-store".</param>
/// <param name="RegionName">Its region; null: the one that the authentication's parameters name, else any.</param>
/// <param name="Interface">public, internal or admin; null: the one that the authentication's parameters name, else public.</param>
[MessagePackObject]
public sealed record CatalogService(
    [property: Key(0)] string ServiceType,
    [property: Key(1)] string? RegionName = null,
    [property: Key(2)] string? Interface = null);
