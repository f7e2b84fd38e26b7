using Skypunch.ConfigFile.Faults;
using Skypunch.ConfigFile.Yaml;
using YamlDotNet.Core;

namespace Skypunch.ConfigFile.Clouds;

/// <summary>A clouds.yaml, secure.yaml or clouds-public.yaml: its entries by name.</summary>
internal sealed class CloudFile
{
    private readonly Dictionary<string, YamlMap?> _entries = new(StringComparer.Ordinal);
    private readonly string _section;

    private CloudFile(string? path, string section)
    {
        Path = path;
        _section = section;
    }

    /// <summary>The path of the file; null: there is no file.</summary>
    public string? Path { get; }

    /// <summary>Why the file cannot be read; null where it is read, or there is none.</summary>
    public ConfigFault? Fault { get; private init; }

    /// <summary>The names of its entries.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads the first file that is there.</summary>
    /// <param name="search">Reads files.</param>
    /// <param name="paths">Where the file may be, in order.</param>
    /// <param name="section">The key that the entries stand under.</param>
    public static CloudFile Load(CloudSearch search, IEnumerable<string> paths, string section)
    {
        foreach (var path in paths)
        {
            try
            {
                if (search.Read(path) is { } text)
                {
                    return Read(path, text, section);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new CloudFile(path, section) { Fault = new ConfigFault(path, 1, "", $"cannot be read: {e.Message}") };
            }
        }

        return new CloudFile(null, section);
    }

    /// <summary>What the file says of a cloud; null where the file does not name the cloud.</summary>
    public CloudLayer? Find(string name)
        => Path is not null && _entries.TryGetValue(name, out var entry) ? CloudLayer.Read(entry, Path, $"{_section}.{name}") : null;

    private static CloudFile Read(string path, string text, string section)
    {
        YamlItem? root;
        try
        {
            root = YamlTree.Read(text);
        }
        catch (YamlException e)
        {
            return new CloudFile(path, section) { Fault = SyntaxFault.From(e, path, text) };
        }

        var file = new CloudFile(path, section);
        var entries = (root as YamlMap)?.Entries.LastOrDefault(entry => entry.Key == section)?.Value as YamlMap;
        foreach (var entry in entries?.Entries ?? [])
        {
            file._entries[entry.Key] = entry.Value as YamlMap;
        }

        return file;
    }
}
