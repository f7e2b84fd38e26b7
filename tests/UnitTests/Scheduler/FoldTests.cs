using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Targets;

namespace Skypunch.UnitTests.Scheduler;

public sealed class FoldTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    [Fact]
    public async Task State_and_counters_are_written_for_every_target_of_a_batch()
    {
        var passing = await _store.AddAsync("passing");
        var failing = await _store.AddAsync("failing");
        var jobs = await _store.ClaimAsync();
        var now = _store.Clock.GetUtcNow();

        await _store.FoldAsync(jobs.Select(claimed => claimed.Job.TargetId == passing
            ? SchedulerStore.Result(claimed.Job)
            : SchedulerStore.Result(claimed.Job, 503, ProbeReasons.StatusMismatch)).ToArray());

        var good = await _store.ReadAsync(passing);
        var bad = await _store.ReadAsync(failing);
        Assert.Equal((TargetStatus.Pass, "OK", "ok", 1, 0, 1, now), (good.Status, good.StatusDescription, good.Reason, good.PassCount, good.FailCount, good.Count200, good.LastUpdated!.Value));
        Assert.Equal((TargetStatus.Fail, "target status:503 != 200", "status_mismatch", 0, 1, 1), (bad.Status, bad.StatusDescription, bad.Reason, bad.PassCount, bad.FailCount, bad.Count500));
        Assert.Null(good.InFlightSlotAt);
        Assert.Null(good.InFlightUntil);
    }

    [Fact]
    public async Task Each_edge_is_a_row_with_all_that_a_message_needs()
    {
        var id = await _store.AddAsync("x");
        var job = (await _store.ClaimAsync())[0].Job;
        var step = new ProbeStep("response", SchedulerStore.Noon, TimeSpan.FromMilliseconds(2), "Response", StepOutcome.Fail);

        Assert.True(await _store.FoldAsync(SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) with { Trace = [step] }));

        var change = Assert.Single(await ChangesAsync());
        var message = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!;
        Assert.Null(change.StoredAt);
        Assert.Equal((id, "NEW", "FAIL", "target status:503 != 200", 1L), (message.TargetId, message.From, message.To, message.Description, message.Counters.Fail));
        Assert.Equal(step, Assert.Single(message.Trace));
        Assert.Equal(change.ChangeId, message.ChangeId);
    }

    [Fact]
    public async Task Credentials_that_a_hand_wrote_into_a_url_do_not_travel_with_the_change()
    {
        await _store.AddAsync("x");
        await using (var db = _store.Open())
        {
            await db.Targets.ExecuteUpdateAsync(set => set.SetProperty(t => t.Url, "http://me:s3cr3t@127.0.0.1/"), TestContext.Current.CancellationToken);
        }

        var job = (await _store.ClaimAsync())[0].Job;
        await _store.FoldAsync(SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch));

        var change = Assert.Single(await ChangesAsync());
        Assert.DoesNotContain("s3cr3t", change.Payload);
        Assert.Contains("@127.0.0.1/", change.Payload);
    }

    [Fact]
    public async Task A_first_pass_is_history_and_no_news()
    {
        await _store.AddAsync("x");
        var job = (await _store.ClaimAsync())[0].Job;

        Assert.False(await _store.FoldAsync(SchedulerStore.Result(job)));

        Assert.NotNull(Assert.Single(await ChangesAsync()).StoredAt);
    }

    [Fact]
    public async Task A_batch_delivered_twice_counts_once()
    {
        var id = await _store.AddAsync("x");
        var job = (await _store.ClaimAsync())[0].Job;
        var failed = SchedulerStore.Result(job, null, ProbeReasons.ConnectRefused);

        await _store.FoldAsync(failed);
        await _store.FoldAsync(failed);

        var target = await _store.ReadAsync(id);
        Assert.Equal((1, 1, 1), (target.FailCount, target.NetworkFails, target.RepeatedFails));
        Assert.Single(await ChangesAsync());
    }

    [Fact]
    public async Task The_result_of_a_deleted_target_is_dropped_and_the_others_are_kept()
    {
        var gone = await _store.AddAsync("gone");
        var kept = await _store.AddAsync("kept");
        var jobs = await _store.ClaimAsync();
        await using (var db = _store.Open())
        {
            await db.Targets.Where(t => t.Id == gone).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        await _store.FoldAsync(jobs.Select(claimed => SchedulerStore.Result(claimed.Job)).ToArray());

        Assert.Equal(1, (await _store.ReadAsync(kept)).PassCount);
    }

    [Fact]
    public async Task A_target_that_was_disabled_or_changed_meanwhile_does_not_fail_for_what_it_was_before()
    {
        var id = await _store.AddAsync("x");
        var job = (await _store.ClaimAsync())[0].Job;
        await using (var db = _store.Open())
        {
            await db.Targets.ExecuteUpdateAsync(set => set.SetProperty(t => t.Revision, t => t.Revision + 1), TestContext.Current.CancellationToken);
        }

        Assert.False(await _store.FoldAsync(SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch)));

        var target = await _store.ReadAsync(id);
        Assert.Equal((TargetStatus.New, 1, ""), (target.Status, target.FailCount, target.StatusDescription));
        Assert.Null(target.InFlightUntil);
        Assert.Empty(await ChangesAsync());
    }

    [Fact]
    public async Task A_description_that_is_too_long_is_cut()
    {
        var id = await _store.AddAsync("x");
        var job = (await _store.ClaimAsync())[0].Job;

        await _store.FoldAsync(SchedulerStore.Result(job, null, ProbeReasons.ProtocolError) with { Description = new string('x', 5000) });

        Assert.Equal(1024, (await _store.ReadAsync(id)).StatusDescription.Length);
    }

    [Fact]
    public async Task The_tables_are_as_the_model_says()
    {
        await using var db = _store.Open();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    public void Dispose() => _store.Dispose();

    private async Task<List<StatusChange>> ChangesAsync()
    {
        await using var db = _store.Open();
        return await db.StatusChanges.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}
