using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

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

    [Theory]
    [InlineData(0, null)]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1000)]
    public async Task A_description_that_was_edited_by_hand_in_SQL_is_told_as_far_as_the_API_would_have_taken_it(int length, int? told)
    {
        await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Description = new string('d', length) });

        await _store.FoldAsync(SchedulerStore.Result((await _store.ClaimAsync())[0].Job, 503, ProbeReasons.StatusMismatch));

        var change = Assert.Single(await ChangesAsync());
        Assert.Equal(told, JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!.TargetDescription?.Length);
    }

    [Fact]
    public async Task A_change_tells_the_group_and_the_labels_of_its_target_as_they_are_now()
    {
        var labelled = await _store.AddAsync(new Target
        {
            Name = "x",
            Url = "http://127.0.0.1/",
            GroupPath = "shop/cart",
            Labels = { new TargetLabel { Name = "team", Value = "web" }, new TargetLabel { Name = "long", Value = new string('v', 129) } },
        });
        var plain = await _store.AddAsync("y");

        await _store.FoldAsync([.. (await _store.ClaimAsync()).Select(claimed => SchedulerStore.Result(claimed.Job, 503, ProbeReasons.StatusMismatch))]);

        var told = (await ChangesAsync()).ToDictionary(change => change.TargetId, change => JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!);
        Assert.Equal("shop/cart", told[labelled].Group);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "web", ["long"] = new string('v', 128) }, told[labelled].Labels);
        Assert.Equal((null, null), (told[plain].Group, told[plain].Labels));
    }

    [Fact]
    public async Task A_recovery_tells_the_reason_of_the_failure_that_it_ends_and_a_target_of_a_catalog_its_path()
    {
        await _store.AddAsync(new Target { Name = "x", Url = "/servers?token=s3cr3t", ServiceType = "compute", Authn = "OPENSTACK", FailureThreshold = 2, SuccessThreshold = 2 });
        var job = Assert.Single(await _store.ClaimAsync()).Job;
        string[] reasons = [ProbeReasons.ConnectRefused, ProbeReasons.StatusMismatch, ProbeReasons.ReadTimeout];

        await _store.FoldAsync([.. reasons.Select((reason, i) => SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(i) }, null, reason))]);
        await _store.FoldAsync([.. Enumerable.Range(3, 2).Select(i => SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(i) }))]);

        var told = (await ChangesAsync()).ConvertAll(change => JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!);
        Assert.Equal([("FAIL", ProbeReasons.StatusMismatch, null), ("PASS", ProbeReasons.Ok, ProbeReasons.ConnectRefused)], told.Select(change => (change.To, change.Reason, change.FailureReason)));
        Assert.All(told, change => Assert.Equal(("compute:/servers?token=***", "/servers?token=***"), (change.Url, change.Path)));
    }

    [Fact]
    public async Task A_targets_first_change_is_announced_by_who_folds_it_and_its_next_one_waits_until_that_is_answered()
    {
        var ids = new[] { await _store.AddAsync("x"), await _store.AddAsync("y") };
        var jobs = (await _store.ClaimAsync()).Select(claimed => claimed.Job).ToList();

        await _store.FoldAsync([.. jobs.Select(job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch))]);
        await AnsweredAsync(ids[1]);
        await _store.FoldAsync([.. jobs.Select(job => SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(1) }))]);

        var retry = SchedulerStore.Noon + new SchedulerOptions().RelayRetry;
        Assert.Equal(
            [(ids[0], TargetStatus.Fail, retry), (ids[1], TargetStatus.Fail, retry), (ids[0], TargetStatus.Pass, null), (ids[1], TargetStatus.Pass, retry)],
            (await ChangesAsync()).Select(change => (change.TargetId, change.ToStatus, change.AnnounceAfter)));
    }

    [Fact]
    public async Task Of_two_changes_of_a_target_in_one_batch_the_first_is_announced()
    {
        await _store.AddAsync("x");
        var job = Assert.Single(await _store.ClaimAsync()).Job;

        await _store.FoldAsync(
            SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch),
            SchedulerStore.Result(job with { Slot = job.Slot.AddSeconds(1) }));

        Assert.Equal(
            [(TargetStatus.Fail, true), (TargetStatus.Pass, false)],
            (await ChangesAsync()).Select(change => (change.ToStatus, change.AnnounceAfter is not null)));
    }

    [Fact]
    public async Task Credentials_that_were_written_into_a_URL_in_SQL_are_not_part_of_an_announced_change()
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
    public async Task A_first_pass_is_recorded_and_not_announced()
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
    public async Task Advice_stands_as_long_as_the_failure_does()
    {
        var id = await _store.AddAsync("x");

        await FoldNextAsync(job => SchedulerStore.Result(job, null, ProbeReasons.DnsError) with { Advice = "Look at the name." });
        var failed = await _store.ReadAsync(id);
        await FoldNextAsync(job => SchedulerStore.Result(job) with { Advice = "none of it" });

        Assert.Equal("Look at the name.", failed.Advice);
        Assert.Null((await _store.ReadAsync(id)).Advice);
        Assert.Contains((await ChangesAsync()).Select(c => JsonSerializer.Deserialize<TargetStatusChanged>(c.Payload)!.Advice), advice => advice == "Look at the name.");
    }

    [Fact]
    public async Task A_failure_that_is_not_enough_is_followed_by_a_probe_after_the_retry_interval_and_then_by_the_schedule()
    {
        var id = await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = 60, FailureThreshold = 3, RetryInterval = 5 });

        var first = await FoldNextAsync(job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch));
        var second = await FoldNextAsync(job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch));
        var third = await FoldNextAsync(job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch));
        var target = await _store.ReadAsync(id);

        Assert.Equal([5, 5], new[] { second - first, third - second }.Select(gap => gap.TotalSeconds));
        Assert.Equal((TargetStatus.Fail, 0), (target.Status, target.MissedCount));
        Assert.InRange(target.NextProbeAt!.Value - third, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task The_last_failure_and_the_last_change_are_kept_with_their_traces()
    {
        var id = await _store.AddAsync("x");
        await FoldNextAsync(job => Failed(job, "first"));
        await FoldNextAsync(job => Failed(job, "second"));
        var whileDown = await ProbesAsync();
        await FoldNextAsync(job => SchedulerStore.Result(job) with { Trace = [Step("passed")] });
        await FoldNextAsync(job => SchedulerStore.Result(job));
        var whileUp = await ProbesAsync();

        Assert.Equal(["CHANGE NEW>FAIL first", "FAILURE > second"], whileDown);
        Assert.Equal(["CHANGE FAIL>PASS passed", "FAILURE > second"], whileUp);
        await using var db = _store.Open();
        await db.Targets.Where(t => t.Id == id).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await _store.TracesAsync());

        async Task<List<string>> ProbesAsync() => (await _store.TracesAsync()).ConvertAll(trace =>
        {
            var probe = JsonSerializer.Deserialize<TracedProbe>(trace.Payload)!;
            Assert.Equal((id, "prober-1", probe.Result.StartedAt), (trace.TargetId, probe.Prober, trace.At));
            return $"{trace.Kind} {probe.From}>{probe.To} {Assert.Single(probe.Result.Trace!).Text}";
        });
    }

    [Fact]
    public async Task A_target_that_goes_on_failing_in_the_same_words_has_its_trace_replaced_every_ten_seconds_and_each_second_in_other_words()
    {
        await _store.AddAsync("x");
        var kept = new List<string>();
        for (var probe = 0; probe < 25; probe++)
        {
            await FoldNextAsync(job => Failed(job, "the same") with { Trace = [Step($"{probe}")] });
            await NoteAsync();
        }

        Assert.Equal("0", kept[0]);
        var replaced = kept.Distinct().Skip(1).Select(int.Parse).ToList();
        Assert.Equal(2, replaced.Count(number => number > 1)); // two turns of ten seconds begin within 25 s
        Assert.Equal(10, replaced[^1] - replaced[^2]);
        Assert.Equal(kept, kept.Order(Comparer<string>.Create((a, b) => int.Parse(a, null) - int.Parse(b, null))));

        kept.Clear();
        foreach (var words in (string[])["other", "others", "other", "other"])
        {
            await FoldNextAsync(job => Failed(job, words) with { Trace = [Step($"{words} {kept.Count}")] });
            await NoteAsync();
        }

        Assert.Equal(["other 0", "others 1", "other 2"], kept[..3]);

        async Task NoteAsync()
        {
            var trace = (await _store.TracesAsync()).Single(trace => trace.Kind == TargetTrace.Failure);
            kept.Add(Assert.Single(JsonSerializer.Deserialize<TracedProbe>(trace.Payload)!.Result.Trace!).Text);
        }
    }

    [Fact]
    public async Task Of_several_failures_of_a_target_in_one_batch_the_last_is_kept()
    {
        await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = 1, FailureThreshold = 5 });
        var job = (await _store.ClaimAsync())[0].Job;

        await _store.FoldAsync(Failed(job with { Slot = job.Slot.AddSeconds(1) }, "later"), Failed(job, "sooner"));

        var probe = JsonSerializer.Deserialize<TracedProbe>(Assert.Single(await _store.TracesAsync()).Payload)!;
        Assert.Equal("later", Assert.Single(probe.Result.Trace!).Text);
    }

    [Fact]
    public async Task The_migrations_create_the_tables_of_the_model()
    {
        await using var db = _store.Open();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    public void Dispose() => _store.Dispose();

    // Claims the next probe of the only target when it is due, and folds its result.
    private async Task<DateTimeOffset> FoldNextAsync(Func<ProbeJob, ProbeResult> probe)
    {
        await using var db = _store.Open();
        var due = await db.Targets.Select(t => t.NextProbeAt).SingleAsync(TestContext.Current.CancellationToken);
        _store.Clock.SetUtcNow(due ?? SchedulerStore.Noon);
        var job = Assert.Single(await _store.ClaimAsync()).Job;
        await _store.FoldAsync(probe(job));
        return job.Slot;
    }

    private static ProbeResult Failed(ProbeJob job, string step)
        => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) with { Description = step, Trace = [Step(step)] };

    private static ProbeStep Step(string text) => new("response", SchedulerStore.Noon, TimeSpan.FromMilliseconds(2), text, StepOutcome.Fail);

    private async Task<List<StatusChange>> ChangesAsync()
    {
        await using var db = _store.Open();
        return await db.StatusChanges.AsNoTracking().OrderBy(change => change.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task AnsweredAsync(long targetId)
    {
        await using var db = _store.Open();
        await db.StatusChanges.Where(change => change.TargetId == targetId)
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, SchedulerStore.Noon), TestContext.Current.CancellationToken);
    }
}
