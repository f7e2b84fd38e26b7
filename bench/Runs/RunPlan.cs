using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.Runs;

/// <summary>Which form of Skypunch is run.</summary>
internal enum Mode
{
    /// <summary><c>skypunchd</c> on SQLite.</summary>
    Standalone,

    /// <summary>Scheduler, Prober and Notifier on MySQL and RabbitMQ.</summary>
    Distributed,
}

/// <summary>A scenario, the form of Skypunch to run it with, and the time to watch it.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Mode">The form of Skypunch.</param>
/// <param name="Seconds">How long the run is watched.</param>
internal sealed record RunPlan(Scenario Scenario, Mode Mode, int Seconds)
{
    public TimeSpan Window => TimeSpan.FromSeconds(Seconds);

    public string ModeName => Mode.ToString().ToLowerInvariant();
}
