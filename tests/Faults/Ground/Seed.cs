using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>
/// The seed of everything random in a test. The test's output has the seed; <c>SKYPUNCH_FAULT_SEED=N</c> runs the test with it again.
/// </summary>
internal static class Seed
{
    private const string Variable = "SKYPUNCH_FAULT_SEED";

    public static Random Next()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next(1_000_000);
        TestContext.Current.SendDiagnosticMessage("{0}: {1}={2}", TestContext.Current.Test?.TestDisplayName ?? "", Variable, seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Variable}={seed}");
        return new Random(seed);
    }
}
