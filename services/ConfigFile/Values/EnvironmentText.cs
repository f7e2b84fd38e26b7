using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Skypunch.ConfigFile.Values;

/// <summary>
/// Replaces references to environment variables in a value: <c>${NAME}</c>, <c>${NAME:-default}</c> (also where NAME is empty, as in a
/// shell), <c>$$</c> for one dollar. A dollar before any other character stays a dollar. The YAML is read before, so nothing in a variable
/// can change the meaning of the file.
/// </summary>
internal static partial class EnvironmentText
{
    /// <summary>Replaces the references.</summary>
    /// <param name="text">The value as the file has it.</param>
    /// <param name="environment">Gives a variable; null: not set.</param>
    /// <param name="value">The value to use.</param>
    /// <param name="error">What is wrong, as the end of a sentence that begins with the key.</param>
    public static bool TryExpand(
        string text,
        Func<string, string?> environment,
        out string value,
        [NotNullWhen(false)] out string? error)
    {
        var expanded = new StringBuilder(text.Length);
        value = "";
        error = null;
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i] == '$' && i + 1 < text.Length ? text[i + 1] : default;
            if (next is not ('$' or '{'))
            {
                expanded.Append(text[i]);
                continue;
            }

            i++;
            if (next == '$')
            {
                expanded.Append('$');
                continue;
            }

            var match = Reference().Match(text, i);
            if (!match.Success)
            {
                error = "has a '${' that is not followed by a variable's name and '}'; write '$${' for the characters themselves";
                return false;
            }

            var name = match.Groups["name"].Value;
            var found = environment(name);
            if (string.IsNullOrEmpty(found) && match.Groups["default"] is { Success: true } fallback)
            {
                found = fallback.Value;
            }

            if (found is null)
            {
                error = $"needs the environment variable {name}, which is not set; set it, or give a default: ${{{name}:-default}}";
                return false;
            }

            expanded.Append(found);
            i += match.Length - 1;
        }

        value = expanded.ToString();
        return true;
    }

    [GeneratedRegex(@"\G\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
