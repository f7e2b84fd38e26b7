namespace Skypunch.Notifier.Channels.Chat;

/// <summary>The lines of a message that a receiver has room for. What comes last is cut first. Pure.</summary>
internal static class ChatRoom
{
    // A cut line that is shorter says nothing.
    private const int LeastOfALine = 20;

    /// <summary>The lines, each cut where there is no room for more of it.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="room">How much room there is, in whatever the receiver counts.</param>
    /// <param name="perLine">How much of it each line takes beside its texts.</param>
    /// <param name="measure">How much of it a text takes as the receiver gets it.</param>
    public static IEnumerable<ChatLine> Fit(IEnumerable<ChatLine> lines, int room, int perLine, Func<string, int> measure)
    {
        var left = room;
        foreach (var line in lines)
        {
            left -= perLine + (line.Label is { } label ? measure(label) : 0);
            if (left < LeastOfALine)
            {
                yield break;
            }

            var text = ClippedText.Fit(line.Text, left, measure);
            yield return line with { Text = text };
            left -= measure(text);
        }
    }
}
