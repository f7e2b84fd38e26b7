using System.Diagnostics.CodeAnalysis;
using Skypunch.Contracts;

namespace Skypunch.ConfigFile.Values;

/// <summary>
/// Parameters as the text of 2013, with the environment filled in: <c>user=me,password=${PASSWORD}</c>. It is filled into each value on its own, so that a
/// password with a comma stays one value; a text that has its keys from the environment too, <c>${LOGIN}</c>, is filled in as a whole.
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
