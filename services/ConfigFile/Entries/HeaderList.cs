using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Yaml;

namespace Skypunch.ConfigFile.Entries;

/// <summary>Headers as keys and values, <c>Accept: text/html</c>, or as a list of such lines, where a name may stand twice.</summary>
internal static class HeaderList
{
    private const string Expected = "must be 'Name: value', as keys and values or as a list";

    public static IEnumerable<Header> Read(YamlEntry entry, string path, ReadScope scope) => entry.Value switch
    {
        YamlMap map => OfMap(map, path, scope),
        YamlList list => list.Items.SelectMany((item, i) => OfItem(item, $"{path}[{i}]", scope)).ToList(),
        _ => Fault(entry.Line, path, scope),
    };

    // Without quotes "Name: value" is a mapping of one key.
    private static List<Header> OfItem(YamlItem item, string path, ReadScope scope)
    {
        if (item is YamlMap map)
        {
            return OfMap(map, path, scope);
        }

        var line = new FieldValue(new YamlEntry(item.Line, "", item), path, scope).Text();
        return line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? [new Header { Name = line[..colon].Trim(), Value = line[(colon + 1)..].Trim() }]
            : line.Length > 0 ? Fault(item.Line, path, scope) : [];
    }

    private static List<Header> OfMap(YamlMap map, string path, ReadScope scope)
        => [.. map.Entries.Select(entry => new Header { Name = entry.Key.Trim(), Value = new FieldValue(entry, $"{path}.{entry.Key}", scope).Text() })];

    private static List<Header> Fault(int line, string path, ReadScope scope)
    {
        scope.Fault(line, path, Expected);
        return [];
    }
}
