namespace Skypunch.Contracts;

/// <summary>Texts from outside, fit for one line of a log, a trace or a mail.</summary>
public static class OneLine
{
    /// <summary>
    /// The text with every control character, line separator and control of writing direction, by which a text can be made to look like another, as a space; null
    /// is the empty text.
    /// </summary>
    public static string Of(string? text)
        => text is not null && text.Any(IsBreak) ? string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                line[i] = IsBreak(from[i]) ? ' ' : from[i];
            }
        }) : text ?? "";

    /// <summary>Whether the text is fit for one line as it is.</summary>
    public static bool Is(string text) => !text.Any(IsBreak);

    private static bool IsBreak(char c)
        => char.IsControl(c)
            || c is '\u2028' or '\u2029'
            || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
