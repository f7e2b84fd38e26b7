using System.CommandLine;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Options;

/// <summary>Values that are read from a file or from stdin.</summary>
internal static class FileValues
{
    /// <summary>The text of the file that the option names; an empty name is an empty text.</summary>
    public static string FileText(this Session session, Option<string> option)
        => session.Given.GetValue(option) is { Length: > 0 } file ? ReadFile(option, file) : "";

    /// <summary>A value as curl reads those of <c>--data-binary</c>: "@FILE" is the text of a file, "-" or "@-" that of stdin.</summary>
    public static string TextOrFile(this Session session, Option option, string given) => given switch
    {
        "-" or "@-" => session.Surroundings.In().ReadToEnd(),
        ['@', .. var file] => ReadFile(option, file),
        _ => given,
    };

    private static string ReadFile(Option option, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CliFault.Usage($"{option.Name}: cannot read '{file}': {e.Message.TrimEnd('.')}");
        }
    }
}
