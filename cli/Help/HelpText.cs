using System.CommandLine;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Help;

/// <summary>How a command is used: its forms, what it takes, and examples that can be typed as they stand.</summary>
internal static class HelpText
{
    private const int WidestFirstColumn = 30;
    private const int WidestLine = 110;

    public static void Write(Command command, Surroundings surroundings)
    {
        var width = Math.Min(surroundings.TerminalWidth ?? WidestLine, WidestLine);
        var text = new StringWriter { NewLine = "\n" };
        if (command is RootCommand)
        {
            text.WriteLine($"skypunch {ProgramVersion.Text}");
        }

        text.WriteLine(command.Description);
        Section(text, "Usage", UsageOf(command).Select(u => ($"skypunch {u}", "")), width);
        Section(text, "Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.Name, a.Description ?? "")), width);
        Section(text, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")), width);
        var options = command is RootCommand ? "Options of every command" : "Options";
        Section(text, options, command.Options.Where(o => !o.Hidden).Select(Describe), width);
        if (command is not RootCommand)
        {
            text.WriteLine();
            WriteWrapped(text, "Also --output, --server, --token-file and --data, as every command ('skypunch --help').", 0, width);
        }

        Section(text, "Examples", ExamplesOf(command).Select(e => ($"skypunch {e.Line}", e.Effect)), width, apart: true);
        if ((command is RootCommand ? RootHelp.Remarks : (command as VerbCommand)?.Remarks) is { } remarks)
        {
            text.WriteLine();
            WriteWrapped(text, remarks, 0, width);
        }

        surroundings.Out.Write(text.ToString());
    }

    private static IReadOnlyList<string> UsageOf(Command command) => (command as VerbCommand)?.Usage ?? RootHelp.Usage;

    private static IReadOnlyList<(string Line, string Effect)> ExamplesOf(Command command)
        => (command as VerbCommand)?.Examples ?? RootHelp.Examples;

    private static (string, string) Describe(Option option)
    {
        var letters = option.Aliases.Where(a => a.Length == 2 && a[0] == '-').Order(StringComparer.Ordinal);
        var names = string.Join(", ", letters.Append(option.Name));
        return (option.HelpName is { } value ? $"{names} {value}" : names, option.Description ?? "");
    }

    private static void Section(
        TextWriter text,
        string title,
        IEnumerable<(string First, string Second)> rows,
        int width,
        bool apart = false)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        text.WriteLine();
        text.WriteLine($"{title}:");
        var column = apart ? 4 : Math.Min(all.Max(r => r.First.Length) + 4, WidestFirstColumn);
        foreach (var (first, second) in all)
        {
            text.Write($"  {first}");
            if (second.Length == 0)
            {
                text.WriteLine();
                continue;
            }

            if (first.Length + 4 > column)
            {
                text.WriteLine();
                text.Write(new string(' ', column));
            }
            else
            {
                text.Write(new string(' ', column - first.Length - 2));
            }

            WriteWrapped(text, second, column, width);
        }
    }

    // The cursor already stands at the indentation.
    private static void WriteWrapped(TextWriter text, string words, int indentation, int width)
    {
        var at = indentation;
        foreach (var word in words.Split(' '))
        {
            if (at > indentation && at + 1 + ResultTable.Width(word) > width)
            {
                text.WriteLine();
                text.Write(new string(' ', indentation));
                at = indentation;
            }

            text.Write(at > indentation ? $" {word}" : word);
            at += word.Length + (at > indentation ? 1 : 0);
        }

        text.WriteLine();
    }
}
