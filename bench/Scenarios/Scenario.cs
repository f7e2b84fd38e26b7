namespace Skypunch.Bench.Scenarios;

/// <summary>How a scenario is run.</summary>
internal enum Procedure
{
    /// <summary>Warms up, watches for a while, lets some targets fail, and then runs the bare loop.</summary>
    Watch,

    /// <summary>As <see cref="Watch"/>, but without failing targets and without the bare loop.</summary>
    WatchAlone,

    /// <summary>All targets fail at once, and recover at once.</summary>
    Flip,

    /// <summary>A first start with new targets, and a second start with known targets.</summary>
    Start,

    /// <summary>Runs with 1, 2 and 4 Probers.</summary>
    Scale,

    /// <summary>Starts several times, and lets a target fail soon after each start.</summary>
    FirstAlert,
}

/// <summary>A scenario: the targets and how they are run.</summary>
/// <param name="Name">The name of the scenario.</param>
/// <param name="Summary">What the scenario shows, in one line.</param>
/// <param name="Groups">The targets.</param>
/// <param name="Procedure">How the scenario is run.</param>
/// <param name="Seconds">How long the scenario is watched unless the command line says otherwise.</param>
/// <param name="WarmUpSeconds">How long the scenario runs before it is watched: until the hot paths are compiled.</param>
/// <param name="Probers">How many Probers there are.</param>
internal sealed record Scenario(
    string Name,
    string Summary,
    IReadOnlyList<TargetGroup> Groups,
    Procedure Procedure = Procedure.Watch,
    int Seconds = 30,
    int WarmUpSeconds = 75,
    int Probers = 1)
{
    /// <summary>The time between the start and the window.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(WarmUpSeconds);

    /// <summary>Probes per second, if no slot is missed.</summary>
    public double Rate => Groups.Sum(group => (double)group.Count / group.Frequency);
}
