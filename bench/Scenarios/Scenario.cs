namespace Skypunch.Bench.Scenarios;

/// <summary>How a scenario is run.</summary>
internal enum Procedure
{
    /// <summary>Warm up, watch for a while, let some targets fail, then the same with the bare loop.</summary>
    Watch,

    /// <summary>As <see cref="Watch"/>, without failing targets and without the bare loop.</summary>
    WatchAlone,

    /// <summary>All targets fail at once, and recover at once.</summary>
    Flip,

    /// <summary>A first start with new targets, and a start with known ones.</summary>
    Start,

    /// <summary>1, 2 and 4 Probers.</summary>
    Scale,
}

/// <summary>What is run.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Summary">What it shows, in a line.</param>
/// <param name="Groups">The targets.</param>
/// <param name="Procedure">How it is run.</param>
/// <param name="Seconds">How long it is watched, where nothing else is asked for.</param>
/// <param name="WarmUpSeconds">How long it runs before it is watched: until the hot paths are compiled.</param>
internal sealed record Scenario(
    string Name,
    string Summary,
    IReadOnlyList<TargetGroup> Groups,
    Procedure Procedure = Procedure.Watch,
    int Seconds = 30,
    int WarmUpSeconds = 75)
{
    /// <summary>How long to wait before the clock runs.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(WarmUpSeconds);

    /// <summary>Probes per second, if none is missed.</summary>
    public double Rate => Groups.Sum(group => (double)group.Count / group.Frequency);
}
