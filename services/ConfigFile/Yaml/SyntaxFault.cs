using Skypunch.ConfigFile.Faults;
using YamlDotNet.Core;

namespace Skypunch.ConfigFile.Yaml;

/// <summary>Says where a text is not YAML. The parser cannot go on from there, so a file has at most one such fault.</summary>
internal static class SyntaxFault
{
    public static ConfigFault From(YamlException e, string name, string text)
    {
        var line = Math.Max(1, (int)e.Start.Line);
        var lines = text.Split('\n');

        // The parser notices a tab at its line, or names the line before it or after it.
        foreach (var at in new[] { line, line + 1, line - 1 })
        {
            if (at >= 1 && at <= lines.Length && IsIndentedByTab(lines[at - 1]))
            {
                return new ConfigFault(name, at, "", "this line begins with a tab, which YAML does not allow; indent it with spaces");
            }
        }

        return new ConfigFault(name, line, "", $"this is not YAML here: {Sentence(e.Message)}");
    }

    private static bool IsIndentedByTab(string line) => line[..(line.Length - line.TrimStart().Length)].Contains('\t');

    private static string Sentence(string message) => message.Length == 0 ? "" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
