using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Parameters as text in the 2013 format: <c>user=me,password=secret</c>. Keys are converted to lower case, and white space around keys and
/// unquoted values is dropped. A value with a comma, or with white space at its ends, is written in double quotes, and a double quote in it
/// is doubled. The text contains secrets, so no error repeats any part of it.
/// </summary>
public static class ParameterText
{
    /// <summary>Reads the text. An empty text has no parameters.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="parameters">The values by key.</param>
    /// <param name="error">What is wrong and what to do, as the end of a sentence that begins with the name of the text.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? parameters,
        [NotNullWhen(false)] out string? error)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        parameters = null;
        error = null;
        var rest = (text ?? "").AsSpan().Trim();
        for (var part = 1; !rest.IsEmpty; part++)
        {
            var equals = rest.IndexOf('=');
            var comma = rest.IndexOf(',');
            if (equals < 0 || (comma >= 0 && comma < equals))
            {
                error = $"must be key=value,key=value, but part {part} has no '='; put a value with a comma in double quotes";
                return false;
            }

            var key = rest[..equals].Trim().ToString().ToLowerInvariant();
            if (!TryTakeValue(rest[(equals + 1)..].TrimStart(), out var value, out rest))
            {
                error = $"has a double quote in part {part} that does not end, or that is followed by more than a comma";
                return false;
            }

            if (key.Length == 0 || !found.TryAdd(key, value))
            {
                error = key.Length == 0 ? $"has no key in part {part}" : $"has the key in part {part} twice";
                return false;
            }
        }

        parameters = found;
        return true;
    }

    /// <summary>Writes parameters so that <see cref="TryParse"/> reads the same parameters.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> parameters)
        => string.Join(',', parameters.Select(p => $"{p.Key}={Quote(p.Value)}"));

    private static string Quote(string value)
        => value.Contains(',') || value.StartsWith('"') || value.Trim().Length != value.Length ? $"\"{value.Replace("\"", "\"\"")}\"" : value;

    private static bool TryTakeValue(ReadOnlySpan<char> text, out string value, out ReadOnlySpan<char> rest)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            var end = text.IndexOf(',');
            value = (end < 0 ? text : text[..end]).Trim().ToString();
            rest = end < 0 ? default : text[(end + 1)..].TrimStart();
            return true;
        }

        var quoted = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                quoted.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                quoted.Append(text[i++]);
            }
            else
            {
                value = quoted.ToString();
                rest = text[(i + 1)..].TrimStart();
                if (rest.IsEmpty)
                {
                    return true;
                }

                var separated = rest[0] == ',';
                rest = rest[1..].TrimStart();
                return separated;
            }
        }

        value = "";
        rest = default;
        return false;
    }
}
