using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// A path to one value of a JSON document: a singular query of RFC 9535 (section 2.3.5.1), <c>$.services[0].state</c> or <c>$['odd
/// name'][-1]</c>.
/// </summary>
public sealed class JsonPath
{
    private readonly string _text;
    private readonly IReadOnlyList<object> _segments; // each is a string, the name of a member, or a long, an index

    internal JsonPath(string text, IReadOnlyList<object> segments) => (_text, _segments) = (text, segments);

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path alone.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What must be written at which column.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        var reader = new JsonPathReader(text, begin: 0, isStored: false);
        path = reader.Read();
        var fault = path is null ? reader.Fault : reader.At < text.Length ? reader.WhatMayFollow : null;
        path = fault is null ? path : null;
        error = fault?.ToString();
        return path is not null;
    }

    /// <summary>The value at the path; null where the document has no value there.</summary>
    public JsonElement? Find(JsonElement root)
    {
        JsonElement? at = root;
        foreach (var segment in _segments)
        {
            at = (segment, at) switch
            {
                (string name, { ValueKind: JsonValueKind.Object } value) => value.TryGetProperty(name, out var member) ? member : null,
                (long index, { ValueKind: JsonValueKind.Array } value) => At(value, index),
                _ => null,
            };
        }

        return at;
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => _text;

    private static JsonElement? At(JsonElement array, long index)
    {
        var place = index < 0 ? array.GetArrayLength() + index : index;
        return place >= 0 && place < array.GetArrayLength() ? array[(int)place] : null;
    }
}
