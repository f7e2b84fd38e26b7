namespace Skypunch.Bench.Simulation;

/// <summary>The verb <c>simulate</c>: the claim and release loop in simulated time, with a load that no single machine can make.</summary>
internal static class SimulateVerb
{
    public static async Task RunAsync(IReadOnlyList<string> args)
    {
        var (runs, sweep) = SimulationOption.Parse(args);
        var found = runs.SelectMany(run => sweep ? SimulationSweep.Of(run) : [SimulationRun.Of(run)]);
        await Console.Out.WriteAsync(SimulationTables.Of([.. found]));
    }
}
