using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.Runs;

/// <summary>Which Skypunch is run.</summary>
internal enum Mode
{
    /// <summary><c>skypunchd</c> on SQLite.</summary>
    Standalone,

    /// <summary>Scheduler, Prober and Notifier on MySQL and RabbitMQ.</summary>
    Distributed,
}

/// <summary>A scenario, how to run it, and for how long.</summary>
/// <param name="Scenario">What is run.</param>
/// <param name="Mode">Which Skypunch.</param>
/// <param name="Seconds">How long it is watched.</param>
internal sealed record RunPlan(Scenario Scenario, Mode Mode, int Seconds)
{
    public TimeSpan Window => TimeSpan.FromSeconds(Seconds);

    public string ModeName => Mode.ToString().ToLowerInvariant();
}
