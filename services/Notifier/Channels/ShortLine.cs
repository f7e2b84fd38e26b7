using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels;

/// <summary>The words of another program, on one line of at most 300 characters. Pure.</summary>
internal static class ShortLine
{
    private const int Longest = 300;

    public static string Of(string text)
    {
        var line = OneLine.Of(text).Trim();
        return line.Length > Longest ? line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] : line;
    }
}
