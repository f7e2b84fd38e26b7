using System.Text;

namespace Skypunch.Notifier.Channels.Chat;

/// <summary>The lines of a message as one text with a receiver's markup. Pure.</summary>
internal static class ChatText
{
    /// <summary>Writes the text.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="markup">How text is written.</param>
    /// <param name="most">The most that the receiver takes, in characters of UTF-16 unless <paramref name="measure"/> says otherwise.</param>
    /// <param name="lineBreak">What ends a line.</param>
    /// <param name="measure">How much of it a text takes; null: its characters.</param>
    public static string Write(IEnumerable<ChatLine> lines, ChatMarkup markup, int most, string lineBreak = "\n", Func<string, int>? measure = null)
    {
        var lengthOf = measure ?? (text => text.Length);
        var perLine = lengthOf($"{lineBreak}{lineBreak}{markup.BeginBold}: {markup.EndBold}");
        var text = new StringBuilder();
        foreach (var line in ChatRoom.Fit(lines, most, perLine, written => lengthOf(markup.Escape(written))))
        {
            text.Append(text.Length == 0 ? "" : line.BeginsPart ? lineBreak + lineBreak : lineBreak);
            if (line.Label is { } label)
            {
                text.Append(markup.BeginBold).Append(markup.Escape(label)).Append(line.Text.Length > 0 ? ":" : "").Append(markup.EndBold).Append(line.Text.Length > 0 ? " " : "");
            }

            text.Append(markup.Escape(line.Text));
        }

        return text.ToString();
    }

    /// <summary>Writes the text with the title and its sign as the first line, in bold.</summary>
    public static string WriteWithTitle(ChatMessage message, ChatMarkup markup, int most, string lineBreak = "\n", Func<string, int>? measure = null)
        => Write([new ChatLine(message.SignedTitle, ""), .. message.Lines], markup, most, lineBreak, measure);
}
