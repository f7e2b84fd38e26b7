using Google.Protobuf.WellKnownTypes;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

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

    [Fact]
    public async Task The_only_prober_that_is_cut_off_is_reported_once_with_all_targets_and_once_when_it_is_back()
    {
        await using (var db = _store.Open())
        {
            db.Targets.AddRange(Enumerable.Range(1, 7).Select(i => new Target
            {
                Name = $"t{i}",
                Url = "http://127.0.0.1/",
                Status = i == 7 ? TargetStatus.Fail : TargetStatus.Pass,
                Enabled = i != 6,
            }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await SeeAsync(Seen(0));
        await SeeAsync(Seen(1, cutOff: true));
        await SeeAsync(Seen(6, cutOff: true));
        var during = Assert.Single(await RowsAsync());
        var reported = await ReportedAsync();
        await SeeAsync(Seen(26));
        await SeeAsync(Seen(31));

        Assert.Equal(SchedulerStore.Noon, during.CutOffSince);
        Assert.Equal(SchedulerStore.Noon.ToTimestamp(), reported.CutOffTime);
        Assert.Null((await ReportedAsync()).CutOffTime);
        Assert.Null(Assert.Single(await RowsAsync()).CutOffSince);
        var notices = await NoticesAsync();
        Assert.Equal(["all_fail", "prober_back"], notices.Select(notice => notice.Kind));
        Assert.StartsWith(
            "All 5 targets that were not FAIL fail at once by network reasons, seen by the only prober, prober-1, since 2026-11-22 12:00:00 UTC: either its network is down or all of these targets are.",
            notices[0].Text,
            StringComparison.Ordinal);
        Assert.Contains("not told as FAIL for 2 min", notices[0].Text, StringComparison.Ordinal);
        Assert.Contains("answer again, after 26 s", notices[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_Probers_that_is_cut_off_is_reported_as_that_and_the_last_one_as_all()
    {
        foreach (var name in (string[])["prober-1", "prober-2", "prober-3"])
        {
            await SeeAsync(Seen(0) with { Name = name });
        }

        await SeeAsync(Seen(1, cutOff: true));
        await SeeAsync(Seen(2, cutOff: true) with { Name = "prober-2" });
        await SeeAsync(Seen(3, cutOff: true) with { Name = "prober-3" });

        var notices = await NoticesAsync();
        Assert.Equal(["prober_cut_off", "prober_cut_off", "all_fail"], notices.Select(notice => notice.Kind));
        Assert.Equal("the prober prober-1 is cut off from its network", notices[0].Subject);
        Assert.Contains("the 2 other probers are given its work", notices[0].Text, StringComparison.Ordinal);
        Assert.Contains("the other prober is given its work", notices[1].Text, StringComparison.Ordinal);
        Assert.Contains("seen by all 3 probers since", notices[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_sign_of_life_begins_nothing_and_a_cut_off_Prober_that_falls_silent_is_reported_as_gone()
    {
        await SeeAsync(Seen(10, cutOff: true));
        await SeeAsync(Seen(15));
        await SeeAsync(Seen(12, cutOff: true));
        Assert.Null(Assert.Single(await RowsAsync()).CutOffSince);

        await SeeAsync(Seen(20, cutOff: true));
        await SeeAsync(Seen(100) with { Name = "prober-2" });
        await SeeAsync(Seen(105) with { Name = "prober-2" });

        Assert.Equal(["all_fail", "prober_back", "all_fail", "prober_gone"], (await NoticesAsync()).Select(notice => notice.Kind));
    }

    public void Dispose() => _store.Dispose();

    private static ProberSeen Seen(int second, bool cutOff = false)
        => new("prober-1", "1.0", SchedulerStore.Noon, SchedulerStore.Noon.AddSeconds(second), 0, 0)
        {
            CutOffSince = cutOff ? SchedulerStore.Noon : null,
            Withholds = TimeSpan.FromMinutes(2),
        };

    // The Prober as the admin API reports it.
    private async Task<Admin.V1.Prober> ReportedAsync()
    {
        await using var db = _store.Open();
        var report = await new SystemReport(db, new SchedulerStart(_store.Clock), _store.Clock).WriteAsync(TestContext.Current.CancellationToken);
        return Assert.Single(report.Probers);
    }

    private async Task<List<Notice>> NoticesAsync()
    {
        await using var db = _store.Open();
        return (await db.Notices.AsNoTracking().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)).ConvertAll(row => row.Notice());
    }

    private async Task SeeAsync(ProberSeen seen)
    {
        await using var services = new ServiceCollection()
            .AddScoped<SchedulerDb>(_ => _store.Open())
            .AddSingleton(TimeProvider.System)
            .AddSingleton(provider => new StoreWriter<SchedulerDb>(provider.GetRequiredService<IServiceScopeFactory>(), DatabaseProvider.Sqlite))
            .AddSingleton<StorePatience<SchedulerDb>>()
            .AddSingleton<LivingProbers>()
            .AddSingleton<NoticeRelay>()
            .AddSingleton<BusGate>()
            .AddLogging()
            .AddMassTransitTestHarness(bus =>
            {
                bus.AddConsumer<ProberSeenConsumer>();
                bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30)); // the default of one second may be too short on a slow machine
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
