namespace Skypunch.Contracts.Texts;

/// <summary>Makes texts from outside safe for one line of a log, a trace or a mail.</summary>
public static class OneLine
{
    /// <summary>
    /// The text with a space in place of every control character, line separator and control of the writing direction (by which a text can
    /// be made to look like another). Null gives the empty text.
    /// </summary>
    public static string Of(string? text)
        => text is not null && text.Any(IsBreak) ? string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                line[i] = IsBreak(from[i]) ? ' ' : from[i];
            }
        }) : text ?? "";

    /// <summary>Whether the text contains none of these characters.</summary>
    public static bool Is(string text) => !text.Any(IsBreak);

    private static bool IsBreak(char c)
        => char.IsControl(c)
            || c is '\u2028' or '\u2029'
            || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
