using Skypunch.ConfigFile.Values;
using Skypunch.ConfigFile.Yaml;
using Skypunch.Contracts.Texts;

namespace Skypunch.ConfigFile.Entries;

/// <summary>Parameters that are written as keys and values: <c>password: "a,b"</c>. They become the text of 2013, quoted where it needs quotes.</summary>
internal static class ParameterMap
{
    public static string Read(YamlMap map, string path, ReadScope scope)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var key = entry.Key.Trim().ToLowerInvariant();
            if (Fault(entry, key, scope, out var value) is { } fault)
            {
                scope.Fault(entry.Line, path, fault);
            }
            else if (!parameters.TryAdd(key, value))
            {
                scope.Fault(entry.Line, $"{path}.{key}", "is given twice; keep one of them");
            }
        }

        return ParameterText.Format(parameters);
    }

    private static string? Fault(YamlEntry entry, string key, ReadScope scope, out string value)
    {
        value = "";
        if (key.Length == 0 || key.AsSpan().ContainsAny("=,\"$"))
        {
            return "has a key that is not a plain word; write 'key: value'";
        }

        return entry.Value switch
        {
            YamlText { IsNull: true } => $"has no value for {key}; give one, or \"\" for an empty one",
            YamlText text => EnvironmentText.TryExpand(text.Text, scope.Environment, out value, out var error) ? null : $"{key} {error}",
            _ => $"has more than one value for {key}; give one text",
        };
    }
}
