using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// What the labels and the group of a target may be. The API refuses others; filters, the command line and files use the same rule. Pure.
/// </summary>
public static class LabelText
{
    /// <summary>The most labels of a target.</summary>
    public const int Most = 32;

    /// <summary>The most characters of a label's key.</summary>
    public const int LongestKey = 63;

    /// <summary>The most characters of a label's value.</summary>
    public const int LongestValue = 128;

    /// <summary>The most characters of a group.</summary>
    public const int LongestGroup = 255;

    /// <summary>What is said of a key that is none, as the end of a sentence.</summary>
    public static readonly string KeyRemedy = $"must be 1 to {LongestKey} lower-case letters, digits, '_', '.', '-' or '/', the first one a letter";

    /// <summary>What is said of a group that is none, as the end of a sentence.</summary>
    public static readonly string GroupRemedy
        = $"must be names with '/' between them, such as shop/payments, of at most {LongestGroup} characters, without control characters, white space at the ends of a name, or '/' at either end";

    /// <summary>What is wrong with the key of a label, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOfKey(string key)
        => key.Length is > 0 and <= LongestKey && char.IsAsciiLetterLower(key[0]) && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.' or '-' or '/')
            ? null
            : KeyRemedy;

    /// <summary>What is wrong with the value of a label, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOfValue(string value)
        => value.Length <= LongestValue && OneLine.Is(value) ? null : $"must have at most {LongestValue} characters, and no control characters or marks of writing direction";

    /// <summary>
    /// What is wrong with a group, as the end of a sentence; null: nothing. The empty text is no group, and so not wrong.
    /// </summary>
    public static string? FaultOfGroup(string group)
        => group.Length == 0 || (group.Length <= LongestGroup && OneLine.Is(group) && group.Split('/').All(name => name.Length > 0 && name.Trim().Length == name.Length))
            ? null
            : GroupRemedy;

    /// <summary>Labels as people read them on one line: <c>team=payments, tier=1</c>, by key.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> labels)
        => string.Join(", ", labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    /// <summary>Reads a label as people write it, <c>team=payments</c>. False: it has no '='.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? key, [NotNullWhen(true)] out string? value)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        (key, value) = equals < 0 ? (null, null) : (text[..equals].Trim(), text[(equals + 1)..].Trim());
        return equals >= 0;
    }
}
