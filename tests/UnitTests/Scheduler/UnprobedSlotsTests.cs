using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

namespace Skypunch.UnitTests.Scheduler;

public sealed class UnprobedSlotsTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    [Fact]
    public async Task A_slot_that_could_not_be_probed_is_missed_and_changes_neither_status_nor_counters()
    {
        var id = await _store.AddAsync("web");
        var job = Assert.Single(await _store.ClaimAsync()).Job;
        await _store.FoldAsync(SchedulerStore.Result(job));
        var before = await _store.ReadAsync(id);

        await FoldAsync(id, job.Slot.AddSeconds(1), job.Slot.AddSeconds(1), job.Slot); // reported twice, the second time late

        var after = await _store.ReadAsync(id);
        Assert.Equal((TargetStatus.Pass, 1L, 0L, 0L), (after.Status, after.PassCount, after.FailCount, after.RepeatedFails));
        Assert.Equal((before.MissedCount + 1, 1L, job.Slot.AddSeconds(1)), (after.MissedCount, after.RepeatedNotProbed, after.LastSlotAt!.Value));
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task A_slot_that_could_not_be_probed_ends_the_mark_of_the_probe_in_flight()
    {
        var id = await _store.AddAsync("web");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await FoldAsync(id, job.Slot);

        var row = await _store.ReadAsync(id);
        Assert.Equal((null, null, TargetStatus.New), (row.InFlightSlotAt, row.InFlightUntil, row.Status));
    }

    [Fact]
    public async Task The_fifth_missed_slot_in_a_row_is_announced_once_and_so_is_the_next_result()
    {
        var id = await _store.AddAsync("web");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        for (var i = 0; i < 7; i++)
        {
            await FoldAsync(id, job.Slot.AddSeconds(i));
            Assert.Equal(i < 4 ? 0 : 1, (await NoticesAsync()).Count);
        }

        _store.Clock.Advance(TimeSpan.FromSeconds(8));
        await _store.FoldAsync(SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(7) }), SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(8) }));

        var notices = await NoticesAsync();
        Assert.Equal([("not_probed", "web cannot be probed"), ("probed_again", "web can be probed again")], notices.Select(notice => (notice.Kind, notice.Subject)));
        Assert.All(notices, notice => Assert.Equal((id, "web"), (notice.TargetId, notice.About)));
        Assert.Contains("in 5 slots in a row: no key", notices[0].Text, StringComparison.Ordinal);
        Assert.Contains("in 7 slots in a row", notices[1].Text, StringComparison.Ordinal);
        Assert.Equal(0, (await _store.ReadAsync(id)).RepeatedNotProbed);
    }

    [Fact]
    public async Task Fewer_missed_slots_in_a_row_are_not_announced()
    {
        var id = await _store.AddAsync("web");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        for (var i = 0; i < 12; i++)
        {
            await FoldAsync(id, job.Slot.AddSeconds(i * 2));
            if (i % 4 == 3)
            {
                await _store.FoldAsync(SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds((i * 2) + 1) }));
            }
        }

        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task Slots_that_a_cut_off_Prober_withholds_are_missed_and_not_in_flight_and_announced_for_no_target()
    {
        var id = await _store.AddAsync("web");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        for (var i = 0; i < 12; i++)
        {
            await FoldAsync(new NotProbed(id, job.Slot.AddSeconds(i), "cut off") { IsWithheld = true });
        }

        var target = await _store.ReadAsync(id);
        Assert.Equal((12L, 0L, 0L, null), (target.MissedCount, target.RepeatedNotProbed, target.FailCount, target.InFlightSlotAt));
        Assert.Empty(await NoticesAsync());
    }

    public void Dispose() => _store.Dispose();

    private Task FoldAsync(long id, params DateTimeOffset[] slots) => FoldAsync([.. slots.Select(slot => new NotProbed(id, slot, "no key"))]);

    private async Task FoldAsync(params NotProbed[] slots)
    {
        await using var db = _store.Open();
        // A slot is reported when it is over.
        _store.Clock.SetUtcNow(slots.Select(slot => slot.Slot).Append(_store.Clock.GetUtcNow()).Max());
        await _store.FoldAsync(db, new ProbeResults("p1", []) { NotProbed = slots });
    }

    private async Task<List<Notice>> NoticesAsync()
    {
        await using var db = _store.Open();
        return (await db.Notices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync(TestContext.Current.CancellationToken)).ConvertAll(notice => notice.Notice());
    }
}
