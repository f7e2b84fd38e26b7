namespace Skypunch.Bench.Figures;

/// <summary>The period in which the figures are taken.</summary>
/// <param name="From">The begin of the period.</param>
/// <param name="To">The end of the period, which is not part of it.</param>
internal readonly record struct Window(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public bool Includes(DateTimeOffset instant) => From <= instant && instant < To;
}
