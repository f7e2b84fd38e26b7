using System.Text;

namespace Skypunch.Cli.Terminal;

/// <summary>Reads a line from the terminal without showing what is typed.</summary>
internal static class HiddenLine
{
    public static string Read()
    {
        var line = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key is not ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                line.Length = Math.Max(0, line.Length - 1);
            }
            else if (key.KeyChar >= ' ')
            {
                line.Append(key.KeyChar);
            }
        }

        return line.ToString();
    }
}
