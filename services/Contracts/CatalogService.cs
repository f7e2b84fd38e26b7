namespace Skypunch.Contracts;

/// <summary>A service of an OpenStack catalog.</summary>
/// <param name="ServiceType">Its type or an alias of it: "compute", "object-store".</param>
/// <param name="RegionName">Its region; null: the one that the authentication's parameters name, else any.</param>
/// <param name="Interface">public, internal or admin; null: the one that the authentication's parameters name, else public.</param>
public sealed record CatalogService(string ServiceType, string? RegionName = null, string? Interface = null);
