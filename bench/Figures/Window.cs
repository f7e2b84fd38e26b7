namespace Skypunch.Bench.Figures;

/// <summary>The time in which the figures are taken.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end, which is not part of it.</param>
internal readonly record struct Window(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public bool Includes(DateTimeOffset instant) => From <= instant && instant < To;
}
