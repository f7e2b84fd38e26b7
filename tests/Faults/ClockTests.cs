using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The wall clock of the daemon jumps, as NTP or a hand sets it: targets are probed and judged on, and nothing is lost.</summary>
public sealed class ClockTests(Grounds grounds)
{
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task The_clock_jumps_and_is_put_right_again(int seconds)
    {
        using var shim = Shim.MakeOrSkip();
        await using var system = await DaemonSystem.StartAsync(settings: shim.Settings());
        await using var trial = await grounds.TryAsync(system);

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
