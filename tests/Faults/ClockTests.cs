using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The daemon's wall clock jumps, as when NTP or an operator sets it. Targets are still probed and judged, and nothing is lost.
/// </summary>
[Collection(nameof(OnDaemon))]
public sealed class ClockTests(Grounds grounds)
{
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_clock_that_jumps_and_jumps_back_loses_nothing(int seconds)
    {
        var shim = grounds.ShimOrSkip();
        await using var trial = await grounds.TrialOnDaemonAsync();

        trial.Strike();
        shim.ClockAhead = seconds;
        await trial.FullRateAsync();
        await Budget.PassAsync(2);

        trial.Strike();
        shim.ClockAhead = 0;
        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
