using Skypunch.ConfigFile.Values;
using Skypunch.ConfigFile.Yaml;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The keys that an entry of a list may have.</summary>
/// <param name="noun">What an entry is, for messages: "target".</param>
/// <param name="nameOf">The entry's unique name.</param>
/// <param name="fields">The keys, in the order in which they are explained and read.</param>
internal sealed class EntrySchema<T>(string noun, Func<T, string> nameOf, EntryField<T>[] fields)
    where T : new()
{
    public string NameOf(T resource) => nameOf(resource);

    /// <summary>Reads an entry; null where the item is not a mapping.</summary>
    public ConfigEntry<T>? Read(YamlItem item, string path, ReadScope scope)
    {
        if (item is not YamlMap map)
        {
            scope.Fault(item.Line, path, $"must be a {noun}: keys and values, beginning with '- name: …'");
            return null;
        }

        var resource = new T();
        var keys = new Dictionary<string, WrittenKey>(StringComparer.Ordinal);
        var written = map.Entries.Select(entry => (Field: FieldOf(entry, $"{path}.{entry.Key}", keys, scope), entry)).ToLookup(e => e.Field, e => e.entry);
        foreach (var field in fields)
        {
            var entry = written[field].FirstOrDefault() ?? DefaultOf(field, resource, map.Line, scope);
            if (entry is not null)
            {
                field.Read(new FieldValue(entry, $"{path}.{entry.Key}", scope), resource);
                keys.TryAdd(field.Gives ?? field.Name, new WrittenKey(entry.Key, entry.Line));
            }
        }

        foreach (var missing in fields.Where(f => f.IsRequired && !keys.ContainsKey(f.Name) && !keys.ContainsKey(f.NotRequiredWith ?? "")))
        {
            scope.Fault(map.Line, $"{path}.{missing.Name}", $"is missing; every {noun} needs one");
        }

        return new ConfigEntry<T>(resource, scope.File, path, map.Line, keys);
    }

    // The field that a key gives; null where there is none, or where it is given already.
    private EntryField<T>? FieldOf(YamlEntry entry, string path, Dictionary<string, WrittenKey> keys, ReadScope scope)
    {
        if (Array.Find(fields, f => f.Name == entry.Key || f.Alias == entry.Key) is not { } field)
        {
            string[] known = [.. fields.Select(f => f.Name), .. fields.Select(f => f.Alias).OfType<string>()];
            scope.Fault(entry.Line, path, $"is not known; {NearestWord.Hint(entry.Key, known)}");
            return null;
        }

        if (!keys.TryAdd(field.Name, new WrittenKey(entry.Key, entry.Line)))
        {
            var first = keys[field.Name];
            var means = first.Text == entry.Key ? "" : $" as {first.Text}, which means the same";
            scope.Fault(entry.Line, path, $"is given twice, first on line {first.Line}{means}; keep one of them");
            return null;
        }

        return field;
    }

    private static YamlEntry? DefaultOf(EntryField<T> field, T resource, int line, ReadScope scope)
        => field.Default?.Invoke(resource, scope.Environment) is { } text
            ? new YamlEntry(line, field.Name, new YamlText(line, text, isPlain: false))
            : null;
}

/// <summary>A key of an entry.</summary>
/// <param name="Name">The field of the message.</param>
/// <param name="Read">Reads the value into the message.</param>
internal sealed record EntryField<T>(string Name, Action<FieldValue, T> Read)
{
    /// <summary>Another name of the key.</summary>
    public string? Alias { get; init; }

    /// <summary>The value where the key is not written, by what was read before it; null: there is none.</summary>
    public Func<T, Func<string, string?>, string?>? Default { get; init; }

    /// <summary>The field of the message that it gives where that is not of the same name.</summary>
    public string? Gives { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>A key that takes its place.</summary>
    public string? NotRequiredWith { get; init; }
}
