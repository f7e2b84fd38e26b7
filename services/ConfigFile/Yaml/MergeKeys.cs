namespace Skypunch.ConfigFile.Yaml;

/// <summary>
/// The merge key: <c>&lt;&lt;: *defaults</c> takes over the entries of another map. An entry of the map itself wins over a merged one, and
/// of several merged maps the first one wins (https://yaml.org/type/merge.html). Pure.
/// </summary>
internal static class MergeKeys
{
    public const string Key = "<<";

    /// <summary>The maps that a merge key names; null where its value is something else.</summary>
    public static IReadOnlyList<YamlMap>? MapsOf(YamlItem value) => value switch
    {
        YamlMap map => [map],
        YamlList { Items: var items } when items.All(item => item is YamlMap) => [.. items.Cast<YamlMap>()],
        _ => null,
    };

    /// <summary>A map's own entries, and below them those of the merged maps whose keys it does not have.</summary>
    public static IReadOnlyList<YamlEntry> Merge(List<YamlEntry> own, List<YamlMap> merged)
    {
        if (merged.Count == 0)
        {
            return own;
        }

        var keys = own.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return [.. own, .. merged.SelectMany(map => map.Entries).Where(entry => keys.Add(entry.Key))];
    }
}
