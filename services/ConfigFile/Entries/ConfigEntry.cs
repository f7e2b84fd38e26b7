using Skypunch.ConfigFile.Faults;

namespace Skypunch.ConfigFile.Entries;

/// <summary>A target or notifier of a configuration file, and where in the file each of its fields is.</summary>
/// <typeparam name="T">The message of the admin API.</typeparam>
public sealed class ConfigEntry<T>
{
    private readonly string _file;
    private readonly string _path;
    private readonly int _line;
    private readonly IReadOnlyDictionary<string, WrittenKey> _keys;

    internal ConfigEntry(T resource, string file, string path, int line, IReadOnlyDictionary<string, WrittenKey> keys)
    {
        Resource = resource;
        _file = file;
        _path = path;
        _line = line;
        _keys = keys;
    }

    /// <summary>The message, ready to be sent.</summary>
    public T Resource { get; }

    /// <summary>Where this entry begins, from 1.</summary>
    public int Line => _line;

    /// <summary>The file's name, as the user gave it.</summary>
    public string File => _file;

    /// <summary>Turns what the admin API says of a field into a fault at the field's line; at the entry's line where the file does not have the field.</summary>
    /// <param name="field">The field as a <c>google.rpc.BadRequest</c> names it, such as <c>target.frequency</c>; empty for the entry as a whole.</param>
    /// <param name="message">What is wrong and the remedy.</param>
    public ConfigFault FaultAt(string field, string message)
    {
        var name = field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (KeyOf(name) is { } key)
        {
            return new ConfigFault(_file, key.Line, $"{_path}.{key.Text}", message);
        }

        // Of a message within the message: its fields are keys of the entry ("catalog.region_name"), or stand below one ("tls.ca").
        if (name.Split('.') is [var outer, var inner])
        {
            if (KeyOf(outer) is { } above)
            {
                return new ConfigFault(_file, above.Line, $"{_path}.{above.Text}.{inner}", message);
            }

            return new ConfigFault(_file, KeyOf(inner)?.Line ?? _line, $"{_path}.{inner}", message);
        }

        return new ConfigFault(_file, _line, field.Contains('.', StringComparison.Ordinal) ? $"{_path}.{name}" : _path, message);
    }

    internal WrittenKey? KeyOf(string field) => _keys.GetValueOrDefault(field);
}

/// <summary>A key as the file has it, which may be another name of the field.</summary>
internal sealed record WrittenKey(string Text, int Line);
