using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The connections of one service to the database or to the broker are cut, hang or are slow, while the other services go on.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class WireTests(Grounds grounds)
{
    [Theory]
    [InlineData("Scheduler")]
    [InlineData("Prober")]
    [InlineData("Notifier")]
    public async Task Connections_of_a_service_that_break_hang_or_are_slow_lose_nothing(string service)
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var (database, bus) = ((ServicesSystem)trial.System).Wires.Of(service);

        foreach (var wire in service == "Prober" ? [bus] : new[] { database, bus })
        {
            await BreakAsync(trial, wire);
            await trial.FullRateAsync();
        }

        await trial.ReconcileAsync();
    }

    private static async Task BreakAsync(Trial trial, FaultyWire wire)
    {
        wire.Delay = TimeSpan.FromMilliseconds(150);
        await Budget.PassAsync(1.5);
        wire.Delay = TimeSpan.Zero;

        trial.Strike();
        wire.BreakAll();
        await Budget.PassAsync(1);

        trial.Strike();
        wire.Set(WireState.Hanging);
        await Budget.PassAsync(2);
        wire.Set(WireState.Sound);
        await Budget.PassAsync(1);

        trial.Strike();
        wire.Set(WireState.Cut);
        await Budget.PassAsync(2);
        wire.Set(WireState.Sound);
    }
}
