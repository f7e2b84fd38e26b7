namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// How far the window is open. Pure. A level is opened when all open levels are full and there are places for more work. The highest level
/// is closed when it has received nothing for a while, or when far more work waits than there are places for.
/// </summary>
internal static class WindowRule
{
    /// <summary>The size of the first levels.</summary>
    public const int Smallest = 2;

    /// <summary>For how long a level that receives nothing stays open, so that it is still open for the next burst of messages.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private const int Growth = 4; // a new level is a quarter as large as the levels below it together
    private const double Excess = 1.1; // a little work may wait, to fill the next places that become free

    /// <summary>What to do next.</summary>
    /// <param name="levels">The open levels, from the lowest.</param>
    /// <param name="inHand">The messages in hand, including those from levels that are closed by now.</param>
    /// <param name="most">The most messages that may be in hand.</param>
    /// <param name="work">The work in these messages.</param>
    /// <returns>The size of a level to open; or <see cref="Close"/>; or 0: there is nothing to do.</returns>
    public static int Next(IReadOnlyList<LevelState> levels, int inHand, int most, WorkInHand work)
    {
        var size = levels.Sum(level => level.Size);
        var free = levels.Sum(level => level.Size - level.InHand);
        if (work.Units > work.Places * Excess)
        {
            return levels.Count > 0 && size > inHand * (double)work.Places / work.Units ? Close : 0;
        }

        if (free <= 0)
        {
            return work.Units < work.Places ? Math.Max(0, Math.Min(Math.Max(Smallest, size / Growth), Math.Min(Room(inHand, work), most - inHand))) : 0;
        }

        return levels is [_, .., { InHand: 0 } top] && top.UnusedFor >= Quiet && free > top.Size ? Close : 0;
    }

    /// <summary>The highest level is to be closed.</summary>
    public const int Close = -1;

    // For how many more messages there are places, if they bring as much work as the messages in hand on average. Where work is not measured, the
    // product is beyond the range of an int.
    private static int Room(int inHand, WorkInHand work)
        => (int)Math.Min(int.MaxValue, Math.Ceiling((work.Places - work.Units) * (double)Math.Max(1, inHand) / Math.Max(work.Units, 1)));
}

/// <summary>The state of a level of the window.</summary>
/// <param name="Size">The most messages from this level that may be in hand.</param>
/// <param name="InHand">How many messages from this level are in hand.</param>
/// <param name="UnusedFor">The time since its last message came.</param>
internal readonly record struct LevelState(int Size, int InHand, TimeSpan UnusedFor);
