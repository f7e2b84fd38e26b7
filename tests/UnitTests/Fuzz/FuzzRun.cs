using System.Collections.Concurrent;
using System.Globalization;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// Runs a check with random inputs. The outcome of each must be success or an error that names the fault. The same seed and number make the
/// same input. SKYPUNCH_FUZZ_RUNS is the number of inputs, SKYPUNCH_FUZZ_SEED the seed, and SKYPUNCH_FUZZ_FIRST the number of the first
/// input, for running a failing input alone.
/// </summary>
internal static class FuzzRun
{
    private const int MostTold = 20;
    private const long MostAllocated = 512L * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60); // for a machine with much else to do

    private static int Seed { get; } = Setting("SEED", 1);

    /// <summary>Whether more inputs were asked for than a normal run tries.</summary>
    public static bool IsLong { get; } = Setting("RUNS", 0) > 0;

    /// <summary>Runs a check with some inputs, or with as many as the environment says, several at once.</summary>
    /// <param name="few">How many inputs a normal run tries, which take some seconds.</param>
    /// <param name="atOnce">How many inputs are checked at the same time.</param>
    /// <param name="check">Makes an input and checks it; returns the outcome in a word, which is counted.</param>
    public static async Task EachAsync(int few, int atOnce, Func<int, Random, Task<string>> check)
    {
        var first = Setting("FIRST", 0);
        var (faults, outcomes) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, int>());
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(first, Setting("RUNS", few)), options, async (number, cancellationToken) =>
        {
            try
            {
                var outcome = await Task.Run(() => check(number, new Random((Seed * 1_000_003) + number)), cancellationToken).WaitAsync(Deadline, TimeProvider.System, cancellationToken);
                outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            }
            catch (Exception e) when (e is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                faults.Enqueue($"SKYPUNCH_FUZZ_SEED={Seed} SKYPUNCH_FUZZ_FIRST={number} SKYPUNCH_FUZZ_RUNS=1: {e}");
            }
        });

        var told = string.Join(", ", outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Key} {outcome.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        if (IsLong)
        {
            await File.AppendAllTextAsync(Path.Combine(AppContext.BaseDirectory, "fuzz.txt"), $"{TestContext.Current.Test?.TestDisplayName}: {told}, at fault {faults.Count}\n");
        }

        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.Take(MostTold)));
    }

    /// <summary>The same for a synchronous check, whose allocations are limited.</summary>
    public static Task Each(int few, Func<Random, string> check) => EachAsync(few, 2, (_, random) =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = check(random);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        return Task.FromResult(outcome);
    });

    private static int Setting(string name, int byDefault)
        => Environment.GetEnvironmentVariable($"SKYPUNCH_FUZZ_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}
