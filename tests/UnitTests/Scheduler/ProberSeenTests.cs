using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class ProberSeenTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    [Fact]
    public async Task A_Prober_has_one_row_with_its_last_sign_of_life_and_is_forgotten_when_another_comes_a_day_later()
    {
        var started = SchedulerStore.Noon.AddHours(-1);
        var first = new ProberSeen("prober-1", "1.0", started, SchedulerStore.Noon, 3, 100);

        await SeeAsync(first);
        await SeeAsync(first with { Version = "1.1", StartedAt = started.AddHours(1), SeenAt = SchedulerStore.Noon.AddHours(2), Running = 5, Completed = 7 });
        var updated = Assert.Single(await RowsAsync());
        await SeeAsync(first with { Name = "prober-2", SeenAt = SchedulerStore.Noon.AddHours(25) });
        var both = await RowsAsync();
        await SeeAsync(first with { Name = "prober-3", SeenAt = SchedulerStore.Noon.AddHours(27) });
        var left = await RowsAsync();

        Assert.Equal(
            ("1.1", started.AddHours(1), SchedulerStore.Noon.AddHours(2), 5, 7L),
            (updated.Version, updated.StartedAt, updated.LastSeenAt, updated.Running, updated.Completed));
        Assert.Equal(["prober-1", "prober-2"], both.Select(row => row.Name));
        Assert.Equal(["prober-2", "prober-3"], left.Select(row => row.Name));
    }

    public void Dispose() => _store.Dispose();

    private async Task SeeAsync(ProberSeen seen)
    {
        await using var services = new ServiceCollection()
            .AddScoped<SchedulerDb>(_ => _store.Open())
            .AddSingleton(TimeProvider.System)
            .AddSingleton(provider => new StoreWriter<SchedulerDb>(provider.GetRequiredService<IServiceScopeFactory>(), DatabaseProvider.Sqlite))
            .AddSingleton<StorePatience<SchedulerDb>>()
            .AddMassTransitTestHarness(bus =>
            {
                bus.AddConsumer<ProberSeenConsumer>();
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30)); // a slow machine may need more than the second that it gives
            })
            .BuildServiceProvider();
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(seen, TestContext.Current.CancellationToken);
        Assert.True(await harness.Consumed.Any<ProberSeen>(message => message.Exception is null, TestContext.Current.CancellationToken));
    }

    private async Task<List<ProberRow>> RowsAsync()
    {
        await using var db = _store.Open();
        return await db.Probers.AsNoTracking().OrderBy(row => row.Name).ToListAsync(TestContext.Current.CancellationToken);
    }
}
