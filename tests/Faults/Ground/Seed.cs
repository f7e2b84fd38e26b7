using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>What is random in a test comes from a seed, which its output tells: <c>SKYPUNCH_FAULT_SEED=N</c> makes the same again.</summary>
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
