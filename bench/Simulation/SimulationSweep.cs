namespace Skypunch.Bench.Simulation;

/// <summary>Finds the highest number of targets with which the loop still keeps up.</summary>
internal static class SimulationSweep
{
    private const double CloseEnough = 1.03;
    private const int MostTargets = 20_000_000;

    /// <summary>
    /// Doubles the number of targets until the loop no longer keeps up (or halves it until the loop does), and then bisects.
    /// </summary>
    /// <returns>The figures of the highest number that keeps up and of the lowest number that does not.</returns>
    public static IReadOnlyList<SimulationFigures> Of(SimulationSettings settings)
    {
        var steps = new SortedDictionary<int, SimulationFigures>();
        var (good, bad) = Try(settings.Targets) ? (settings.Targets, 0) : (0, settings.Targets);
        while (bad == 0 && good * 2L <= MostTargets)
        {
            (good, bad) = Try(good * 2) ? (good * 2, 0) : (good, good * 2);
        }

        while (good == 0 && bad > 1)
        {
            (good, bad) = Try(bad / 2) ? (bad / 2, bad) : (0, bad / 2);
        }

        while (bad > good * CloseEnough && bad > good + 1)
        {
            var middle = (good + bad) / 2;
            (good, bad) = Try(middle) ? (middle, bad) : (good, middle);
        }

        return [.. steps.Where(step => step.Key == good || step.Key == bad).Select(step => step.Value)];

        bool Try(int targets)
        {
            steps[targets] = SimulationRun.Of(settings with { Targets = targets });
            return steps[targets].KeepsUp;
        }
    }
}
