using System.Text.Json;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Assertions;

/// <summary>Whether two values of JSON are the same: numbers by their value, objects whatever the order of their members. Pure.</summary>
internal static class JsonEquality
{
    /// <summary>Compares.</summary>
    /// <param name="actual">What a target has sent.</param>
    /// <param name="wanted">What the operator has written: its length bounds the work.</param>
    /// <exception cref="InvalidOperationException">A text has an escaped half of a surrogate pair.</exception>
    public static bool Of(JsonElement actual, JsonElement wanted) => actual.ValueKind == wanted.ValueKind && wanted.ValueKind switch
    {
        JsonValueKind.Number => JsonNumber.Of(actual.GetRawText()).CompareTo(JsonNumber.Of(wanted.GetRawText())) == 0,
        JsonValueKind.String => actual.GetString() == wanted.GetString(),
        JsonValueKind.Array => actual.GetArrayLength() == wanted.GetArrayLength()
            && actual.EnumerateArray().Zip(wanted.EnumerateArray()).All(pair => Of(pair.First, pair.Second)),
        JsonValueKind.Object => actual.GetPropertyCount() == wanted.GetPropertyCount()
            && wanted.EnumerateObject().All(member => actual.TryGetProperty(member.Name, out var value) && Of(value, member.Value)),
        _ => true,
    };
}
