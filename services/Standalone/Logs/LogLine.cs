using System.Globalization;
using System.Text;

namespace Skypunch.Standalone.Logs;

/// <summary>
/// The 2013 format of a log line: <c>2013-07-11 06:10:57,053 INFO message</c>, with local time and the level names of Python. A message is
/// one line, whatever is in it. The text of an exception follows on indented lines, so that none of them can pass for a log line.
/// </summary>
internal static class LogLine
{
    public static string Format(DateTimeOffset localTime, LogLevel level, string message, Exception? exception)
    {
        var text = new StringBuilder(message.Length + 40);
        text.Append(localTime.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture)).Append(' ').Append(Name(level)).Append(' ');
        AppendFolded(text, message);
        text.Append('\n');
        if (exception is not null)
        {
            foreach (var line in exception.ToString().AsSpan().EnumerateLines())
            {
                AppendFolded(text.Append("  "), line);
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    // A message may hold what a target answered: nothing in it may begin a line or steer a terminal.
    private static void AppendFolded(StringBuilder text, ReadOnlySpan<char> message)
    {
        foreach (var c in message.TrimEnd())
        {
            if (c is '\n' or '\t' or '\u2028' or '\u2029')
            {
                text.Append(' ');
            }
            else if (!char.IsControl(c))
            {
                text.Append(c);
            }
        }
    }
}
