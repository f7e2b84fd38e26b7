using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The way of one service alone to the database or to the broker is cut, hangs or is slow, while the other services go on.</summary>
public sealed class WireTests(Grounds grounds)
{
    [Theory]
    [InlineData("Scheduler")]
    [InlineData("Notifier")]
    public Task The_way_to_MySql_breaks_in_every_way(string service) => BreakAsync(service, wiring => wiring.Database);

    [Theory]
    [InlineData("Scheduler")]
    [InlineData("Prober")]
    [InlineData("Notifier")]
    public Task The_way_to_RabbitMq_breaks_in_every_way(string service) => BreakAsync(service, wiring => wiring.Bus);

    private async Task BreakAsync(string service, Func<Wiring, FaultyWire> choose)
    {
        await using var trial = await grounds.TryServicesAsync();
        var wire = choose(((ServicesSystem)trial.System).Wires.Of(service));

        wire.Delay = TimeSpan.FromMilliseconds(150);
        await Budget.PassAsync(2);
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

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
