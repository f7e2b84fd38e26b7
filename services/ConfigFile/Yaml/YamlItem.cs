namespace Skypunch.ConfigFile.Yaml;

/// <summary>A part of a YAML document that knows its line. Not records: their text would show values, which may be secrets.</summary>
internal abstract class YamlItem(int line)
{
    public int Line { get; } = line;
}

/// <summary>A scalar.</summary>
internal sealed class YamlText(int line, string text, bool isPlain) : YamlItem(line)
{
    public string Text { get; } = text;

    /// <summary>No value was given. In quotes, the same characters are a text.</summary>
    public bool IsNull => isPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A sequence.</summary>
internal sealed class YamlList(int line, IReadOnlyList<YamlItem> items) : YamlItem(line)
{
    public IReadOnlyList<YamlItem> Items { get; } = items;
}

/// <summary>A mapping. A key that is written twice is in the list twice.</summary>
internal sealed class YamlMap(int line, IReadOnlyList<YamlEntry> entries) : YamlItem(line)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;
}

/// <summary>A key and its value.</summary>
internal sealed class YamlEntry(int line, string key, YamlItem value)
{
    public int Line { get; } = line;

    public string Key { get; } = key;

    public YamlItem Value { get; } = value;
}
