using System.Text;

namespace Skypunch.Notifier.Channels.Chat;

/// <summary>How a receiver wants text to be written, so that what others wrote is shown as it is: no link, no picture, nobody mentioned. Pure.</summary>
/// <param name="Escape">Writes a text. A longer text becomes no shorter.</param>
/// <param name="BeginBold">What stands before bold text.</param>
/// <param name="EndBold">What stands behind bold text.</param>
internal sealed record ChatMarkup(Func<string, string> Escape, string BeginBold, string EndBold)
{
    // Shows as nothing, and takes from a sign what it means to the receiver.
    private const char Nothing = '\u200B';

    /// <summary>Text without markup.</summary>
    public static readonly ChatMarkup Plain = new(text => text, "", "");

    /// <summary>The HTML of Telegram and Matrix.</summary>
    public static readonly ChatMarkup Html = new(EscapeHtml, "<b>", "</b>");

    /// <summary>The mrkdwn of Slack, as Mattermost and Rocket.Chat take it, too. These know Markdown beside it, and mentions in plain words.</summary>
    public static readonly ChatMarkup Slack = new(
        text => EscapeHtml(text).Replace("&quot;", "\"", StringComparison.Ordinal).Replace("@", $"@{Nothing}", StringComparison.Ordinal).Replace("](", $"]{Nothing}(", StringComparison.Ordinal),
        "*",
        "*");

    /// <summary>The Markdown of Discord.</summary>
    public static readonly ChatMarkup Discord = new(EscapeMarkdown, "**", "**");

    /// <summary>The markup of Google Chat, which has no way to escape. Mentions and links begin with a sign that is replaced by one that looks like it.</summary>
    public static readonly ChatMarkup GoogleChat = new(text => text.Replace('<', '‹').Replace('>', '›'), "*", "*");

    private static string EscapeHtml(string text)
        => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string EscapeMarkdown(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var (i, c) in text.Index())
        {
            if (c is '\\' or '*' or '_' or '~' or '`' or '|' or '<' or '[' or ']' or '@' || (i == 0 && c is '>' or '#' or '-'))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
