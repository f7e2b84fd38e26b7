using Skypunch.ConfigFile.Yaml;

namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// What one source says of a cloud: an entry of clouds.yaml or of secure.yaml, a vendor's profile, or the environment. One layer is put
/// over another. As in openstacksdk, a dash in a key counts as an underscore, and a key of the <c>auth</c> block may also stand outside the
/// block, where it wins.
/// </summary>
internal sealed class CloudLayer
{
    private readonly Dictionary<string, CloudValue> _values = new(StringComparer.Ordinal);
    private readonly List<(string Name, CloudLayer Values)> _regions = [];

    /// <summary>The listed regions in their order, each with the values that differ there.</summary>
    public IReadOnlyList<(string Name, CloudLayer Values)> Regions => _regions;

    /// <summary>Reads an entry of a file.</summary>
    /// <param name="entry">The keys and values of the entry; null where it is empty.</param>
    /// <param name="file">The file.</param>
    /// <param name="path">What the entry is: <c>clouds.prod</c>.</param>
    public static CloudLayer Read(YamlMap? entry, string file, string path)
    {
        var layer = new CloudLayer();
        layer.Take(entry, file, path, "");
        return layer;
    }

    /// <summary>This layer over another one.</summary>
    public CloudLayer Over(CloudLayer below)
    {
        var both = new CloudLayer();
        foreach (var (key, value) in below._values.Concat(_values))
        {
            both._values[key] = value;
        }

        both._regions.AddRange(_regions.Count > 0 ? _regions : below._regions);
        return both;
    }

    /// <summary>Sets a value.</summary>
    public void Set(string key, CloudValue value) => _values[key] = value;

    /// <summary>The value of the first of these keys that has one; an empty value counts as none.</summary>
    public CloudValue? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if ((_values.GetValueOrDefault(name) ?? _values.GetValueOrDefault($"auth.{name}")) is { Text.Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    private void Take(YamlMap? map, string file, string path, string prefix)
    {
        foreach (var entry in map?.Entries ?? [])
        {
            var key = prefix + entry.Key.Replace('-', '_');
            switch (entry.Value)
            {
                case YamlText { IsNull: false } text:
                    _values[key] = new CloudValue(text.Text, file, entry.Line, $"{path}.{entry.Key}");
                    break;
                case YamlMap auth when key == "auth":
                    Take(auth, file, $"{path}.auth", "auth.");
                    break;
                case YamlList { Items: var items } when key is "regions" or "region_name":
                    _regions.Clear();
                    _regions.AddRange(items.Select(item => Region(item, file, $"{path}.{entry.Key}")).OfType<(string, CloudLayer)>());
                    break;
            }
        }
    }

    private static (string, CloudLayer)? Region(YamlItem item, string file, string path) => item switch
    {
        YamlText { IsNull: false } name => (name.Text, new CloudLayer()),
        YamlMap map when Value(map, "name") is YamlText name => (name.Text, Read(Value(map, "values") as YamlMap, file, $"{path}.{name.Text}")),
        _ => null,
    };

    private static YamlItem? Value(YamlMap map, string key) => map.Entries.LastOrDefault(entry => entry.Key == key)?.Value;
}
