using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Skypunch.Contracts;

/// <summary>
/// A path to one value of a JSON document: a singular query of RFC 9535 (section 2.3.5.1), <c>$.services[0].state</c> or <c>$['odd name']</c>.
/// </summary>
public sealed class JsonPath
{
    private readonly List<object> _segments = [];

    private JsonPath()
    {
    }

    /// <summary>Reads a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        var found = new JsonPath();
        if (!text.StartsWith('$'))
        {
            return false;
        }

        for (var rest = text.AsSpan(1); !rest.IsEmpty;)
        {
            if (!found.TryTakeSegment(ref rest))
            {
                return false;
            }
        }

        path = found;
        return true;
    }

    /// <summary>The value at the path; null where the document has none there.</summary>
    public JsonElement? Find(JsonElement root)
    {
        JsonElement? at = root;
        foreach (var segment in _segments)
        {
            at = (segment, at) switch
            {
                (string name, { ValueKind: JsonValueKind.Object } value) => value.TryGetProperty(name, out var member) ? member : null,
                (int index, { ValueKind: JsonValueKind.Array } value) => At(value, index),
                _ => null,
            };
        }

        return at;
    }

    private static JsonElement? At(JsonElement array, int index)
    {
        var place = index < 0 ? array.GetArrayLength() + index : index;
        return place >= 0 && place < array.GetArrayLength() ? array[place] : null;
    }

    private bool TryTakeSegment(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAny('.', '[') is var at && at < 0 ? rest.Length : at + 1;
            _segments.Add(rest[1..end].ToString());
            rest = rest[end..];
            return _segments[^1] is string { Length: > 0 } name && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' || c > 127);
        }

        if (rest[0] != '[' || rest.Length < 3)
        {
            return false;
        }

        return rest[1] is '\'' or '"' ? TryTakeQuoted(ref rest) : TryTakeIndex(ref rest);
    }

    private bool TryTakeQuoted(ref ReadOnlySpan<char> rest)
    {
        var quote = rest[1];
        var length = rest[2..].IndexOf($"{quote}]", StringComparison.Ordinal);
        if (length < 0)
        {
            return false;
        }

        _segments.Add(rest.Slice(2, length).ToString());
        rest = rest[(length + 4)..];
        return true;
    }

    private bool TryTakeIndex(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(']');
        if (end < 0 || !int.TryParse(rest[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        _segments.Add(index);
        rest = rest[(end + 1)..];
        return true;
    }
}
