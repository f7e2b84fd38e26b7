using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Values;
using Skypunch.ConfigFile.Yaml;
using Skypunch.Contracts.Texts;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The value of a key, read as what its field wants. What cannot be read so is a fault; a value that stands for nothing is returned.</summary>
internal sealed class FieldValue(YamlEntry entry, string path, ReadScope scope)
{
    public string Text() => Scalar("must be a text") ?? "";

    /// <summary>A list of texts; one text is a list of one.</summary>
    public List<string> Texts() => entry.Value is YamlList list
        ? [.. list.Items.Select((item, i) => new FieldValue(new YamlEntry(item.Line, entry.Key, item), $"{path}[{i}]", scope).Text())]
        : [Text()];

    /// <summary>The text of a file, whose name counts from the folder of the configuration file.</summary>
    public string FileText()
    {
        if (Scalar("must be the name of a file") is not { } name)
        {
            return "";
        }

        try
        {
            return File.ReadAllText(Path.Combine(Path.GetDirectoryName(scope.File) ?? "", name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault(e is FileNotFoundException or DirectoryNotFoundException
                ? "names a file that does not exist; it counts from the folder of this file"
                : "names a file that cannot be read");
            return "";
        }
    }

    public IEnumerable<Header> Headers() => HeaderList.Read(entry, path, scope);

    /// <summary>Labels, as keys and values.</summary>
    public Dictionary<string, string> Labels()
    {
        if (entry.Value is YamlMap map)
        {
            return map.Entries.ToDictionary(e => e.Key.Trim(), e => new FieldValue(e, $"{path}.{e.Key}", scope).Text().Trim());
        }

        Fault("must be keys and values, each on a line below it, such as team: payments");
        return [];
    }

    /// <summary>Parameters of a query, as keys and values.</summary>
    public IEnumerable<QueryParameter> Query()
    {
        if (entry.Value is YamlMap map)
        {
            return [.. map.Entries.Select(e => new QueryParameter { Name = e.Key.Trim(), Value = new FieldValue(e, $"{path}.{e.Key}", scope).Text() })];
        }

        Fault("must be keys and values, each on a line below it, such as api_key: ${API_KEY}");
        return [];
    }

    public Tls Tls() => TlsMap.Read(entry, path, scope);

    public bool Flag()
    {
        const string Expected = "must be true or false";
        switch (Scalar(Expected)?.ToLowerInvariant())
        {
            case "true" or "yes" or "on":
                return true;
            case "false" or "no" or "off" or null:
                return false;
            default:
                Fault(Expected);
                return false;
        }
    }

    public int Count()
    {
        const string Expected = "must be a whole number, 1 or more";
        var text = Scalar(Expected);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return count;
        }

        if (text is not null)
        {
            Fault(Expected);
        }

        return 0;
    }

    /// <summary>A duration of whole seconds.</summary>
    public Duration? Duration()
        => Duration("must be a duration of at least 1s, such as 10s, 5m, 1h or 1m30s, or a number of whole seconds", IsWholeSeconds);

    /// <summary>A duration, which may be parts of a second.</summary>
    public Duration? Time() => Duration("must be a duration, such as 500ms, 1.5s, 10s, 5m or 1m30s, or a number of seconds", _ => true);

    private static bool IsWholeSeconds(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerSecond == 0;

    private Duration? Duration(string expected, Func<TimeSpan, bool> fits)
    {
        if (Scalar(expected) is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero && fits(duration))
        {
            return Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(duration);
        }

        Fault(expected);
        return null;
    }

    public System.Enum? OneOf(IReadOnlyList<(string Word, System.Enum Value)> values)
    {
        string[] words = [.. values.Select(value => value.Word)];
        var expected = words is [var one] ? $"must be {one}" : $"must be {string.Join(", ", words[..^1])} or {words[^1]}";
        if (Scalar(expected) is not { } text)
        {
            return null;
        }

        var found = Array.FindIndex(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            Fault(expected);
            return null;
        }

        return values[found].Value;
    }

    /// <summary>Parameters as the text of 2013, or as keys and values.</summary>
    public string Parameters()
    {
        if (entry.Value is YamlMap map)
        {
            return ParameterMap.Read(map, path, scope);
        }

        const string Expected = "must be a text such as 'user=me,password=secret', or keys and values";
        if (entry.Value is not YamlText { IsNull: false } text)
        {
            return Scalar(Expected) ?? "";
        }

        if (ParameterTemplate.TryExpand(text.Text, scope.Environment, out var parameters, out var error))
        {
            return parameters;
        }

        Fault(error);
        return "";
    }

    /// <summary>The login to a cloud by its name, under parameters that go before it.</summary>
    public string Cloud(string own) => Scalar("must be the name of a cloud") is { } name ? scope.Clouds.Login(name, own, Fault, scope.Fault) : own;

    // The value after ${…} is filled in; null where there is none, which is a fault.
    private string? Scalar(string expected)
    {
        if (entry.Value is not YamlText text)
        {
            Fault($"{expected}, not a {(entry.Value is YamlMap ? "mapping" : "list")}");
            return null;
        }

        if (text.IsNull)
        {
            Fault("has no value; give one or leave the key out");
            return null;
        }

        if (EnvironmentText.TryExpand(text.Text, scope.Environment, out var value, out var error))
        {
            return value;
        }

        Fault(error);
        return null;
    }

    public void Fault(string message) => scope.Fault(entry.Line, path, message);
}
