namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// How far the window is open. Pure. It is opened a level further when all levels are full and there are places for more, and the highest level is closed when nothing has come by it for a
/// while, or when far more waits than there are places for.
/// </summary>
internal static class WindowRule
{
    /// <summary>The size of the first levels.</summary>
    public const int Smallest = 2;

    /// <summary>For how long a level that nothing comes by stays open: what comes in bursts finds it open.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private const int Growth = 4; // a level is a quarter of those below it
    private const double Excess = 1.1; // what waits fills the places that are left meanwhile

    /// <summary>What to do next.</summary>
    /// <param name="levels">The open levels, from the lowest.</param>
    /// <param name="inHand">The messages in hand, those that came by levels that are closed by now included.</param>
    /// <param name="most">The most messages that may be in hand.</param>
    /// <param name="work">The work in these messages.</param>
    /// <returns>The size of a level to open, or <see cref="Close"/>, or 0: nothing.</returns>
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

    /// <summary>Close the highest level.</summary>
    public const int Close = -1;

    // For how many messages there are places: as large ones as those in hand.
    private static int Room(int inHand, WorkInHand work) => (int)Math.Ceiling((work.Places - work.Units) * Math.Max(1, inHand) / (double)Math.Max(work.Units, 1));
}

/// <summary>A level of the window: a part of it by which messages come.</summary>
/// <param name="Size">How many messages may be in hand that came by it.</param>
/// <param name="InHand">How many are.</param>
/// <param name="UnusedFor">How long ago the last one came.</param>
internal readonly record struct LevelState(int Size, int InHand, TimeSpan UnusedFor);
