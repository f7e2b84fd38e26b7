using System.Diagnostics.CodeAnalysis;
using Skypunch.Contracts.Texts;

namespace Skypunch.ConfigFile.Values;

/// <summary>
/// Parameters in the 2013 format with references to environment variables: <c>user=me,password=${PASSWORD}</c>. They are replaced in each
/// value on its own, so that a password with a comma stays one value. Where the keys come from the environment, too, as with
/// <c>${LOGIN}</c>, they are replaced in the text as a whole.
/// </summary>
internal static class ParameterTemplate
{
    public static bool TryExpand(
        string text,
        Func<string, string?> environment,
        out string parameters,
        [NotNullWhen(false)] out string? error)
    {
        parameters = "";
        if (!ParameterText.TryParse(text, out var template, out _) || template.Keys.Any(key => key.Contains('$')))
        {
            return EnvironmentText.TryExpand(text, environment, out parameters, out error) && ParameterText.TryParse(parameters, out _, out error);
        }

        var filled = new List<KeyValuePair<string, string>>();
        foreach (var (key, raw) in template)
        {
            if (!EnvironmentText.TryExpand(raw, environment, out var value, out error))
            {
                return false;
            }

            filled.Add(new(key, value));
        }

        parameters = ParameterText.Format(filled);
        error = null;
        return true;
    }
}
