using System.Text;

namespace Skypunch.Contracts.Filters;

/// <summary>
/// A text with its letters in lower case, one by one, whatever the language: filters that ignore case compare these. It has the letters
/// that MySQL's LOWER knows, those of Unicode 9, so that SQLite, MySQL and this process find the same; a test with MySQL compares every
/// character.
/// </summary>
public static class FoldedText
{
    /// <summary>The text in lower case.</summary>
    public static string Of(string text)
    {
        if (!text.Any(c => c > 127 || char.IsAsciiLetterUpper(c)))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
        {
            folded.Append(Fold(letter).ToString());
        }

        return folded.ToString();
    }

    // Capital letters that came after Unicode 9.
    private static Rune Fold(Rune letter) => letter.Value switch
    {
        'İ' => new Rune('i'),
        >= 0x1C89 and <= 0x1CBF => letter,
        0x2C2F => letter,
        >= 0xA7B8 and <= 0xA7FF => letter,
        >= 0x10570 and <= 0x105BF => letter,
        >= 0x10D50 and <= 0x10D8F => letter,
        >= 0x16E40 and <= 0x16E7F => letter,
        _ => Rune.ToLowerInvariant(letter),
    };
}
