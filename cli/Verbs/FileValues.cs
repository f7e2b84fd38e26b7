using System.CommandLine;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.Verbs;

/// <summary>Values that are read from a file or from stdin.</summary>
internal static class FileValues
{
    /// <summary>What the help says of an option whose value is a secret.</summary>
    public const string SecretWords = "'@FILE' reads them from a file, '-' from stdin, or asks for them on a terminal: either keeps them out of 'ps' and the shell's history.";

    /// <summary>The text of the file that the option names; an empty name is an empty text, and "-" is stdin.</summary>
    public static string FileText(this Session session, Option<string> option) => session.Given.GetValue(option) switch
    {
        null or "" => "",
        "-" => session.Surroundings.In().ReadToEnd(),
        var file => ReadFile(option, file),
    };

    /// <summary>The value of a secret: as given, for "@FILE" the text of a file, and for "-" a line of stdin, which a terminal asks for and does not show.</summary>
    public static string Secret(this Session session, Option<string> option) => session.Given.GetValue(option) switch
    {
        "-" or "@-" => ReadSecret(session.Surroundings, option),
        ['@', .. var file] => ReadFile(option, file).TrimEnd('\r', '\n'),
        var given => given ?? "",
    };

    /// <summary>A value as curl reads those of <c>--data-binary</c>: "@FILE" is the text of a file, "-" or "@-" that of stdin.</summary>
    public static string TextOrFile(this Session session, Option option, string given) => given switch
    {
        "-" or "@-" => session.Surroundings.In().ReadToEnd(),
        ['@', .. var file] => ReadFile(option, file),
        _ => given,
    };

    private static string ReadSecret(Surroundings surroundings, Option option)
    {
        if (surroundings.AskHidden is not { } ask)
        {
            return surroundings.In().ReadLine() ?? throw CliFault.Usage($"{option.Name}: '-' reads a line from stdin, but there is none");
        }

        surroundings.Error.Write($"{option.Name} (not shown): ");
        var typed = ask();
        surroundings.Error.WriteLine();
        return typed;
    }

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
