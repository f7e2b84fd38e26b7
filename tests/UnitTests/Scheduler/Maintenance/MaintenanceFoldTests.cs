using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Skypunch.Contracts;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using static Skypunch.UnitTests.Scheduler.SchedulerStore;

namespace Skypunch.UnitTests.Scheduler.Maintenance;

/// <summary>Results of one target or a few, folded one a minute, with maintenance windows from some minute to another.</summary>
public sealed class MaintenanceFoldTests : IDisposable
{
    private static readonly int[] Minutes = [0, 1, 2, 3, 11, 12];

    private readonly SchedulerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_change_in_a_window_is_stored_with_the_decision_and_not_told()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);

        await ProbeAsync(id, 0, passed: true);
        var told = await ProbeAsync(id, 1, passed: false);

        var change = await LastChangeAsync();
        Assert.Empty(told);
        Assert.Equal((TargetStatus.Fail, Decision.Maintenance, "Deploy"), (change.ToStatus, change.Decision, change.DecidedBy));
        Assert.NotNull(change.StoredAt);
        Assert.Equal(TargetStatus.Fail, (await _store.ReadAsync(id)).Status);
        Assert.Equal(change.ChangeId, Assert.Single(await IncidentsAsync()).OpenedBy);
    }

    [Fact]
    public async Task A_recovery_from_a_failure_that_was_not_told_is_not_told()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);

        await ProbeAsync(id, 0, passed: true);
        await ProbeAsync(id, 1, passed: false);
        var told = await ProbeAsync(id, 2, passed: true);

        Assert.Empty(told);
        Assert.Equal(Decision.FailureUntold, (await LastChangeAsync()).Decision);
        Assert.Null((await _store.ReadAsync(id)).UntoldChange);
        Assert.NotNull(Assert.Single(await IncidentsAsync()).EndedAt);
        Assert.Equal(["FAIL told"], await ProbeAsync(id, 11, passed: false)); // the next failure is another one
    }

    [Fact]
    public async Task It_is_not_told_after_the_window_either()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);

        await ProbeAsync(id, 1, passed: false);

        Assert.Empty(await ProbeAsync(id, 12, passed: true));
    }

    [Fact]
    public async Task A_recovery_from_a_failure_that_was_told_is_told_in_a_window()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);

        var failed = await ProbeAsync(id, 0, passed: false);
        var stillFailing = await ProbeAsync(id, 1, passed: false);
        var recovered = await ProbeAsync(id, 2, passed: true);

        Assert.Equal(["FAIL told"], failed);
        Assert.Empty(stillFailing);
        Assert.Equal(["PASS told"], recovered);
    }

    [Fact]
    public async Task What_still_fails_after_the_window_is_told_by_the_next_failing_probe_and_once()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 0, passed: true);
        await ProbeAsync(id, 1, passed: false, description: "first words");
        var before = await LastChangeAsync();

        var within = await ProbeAsync(id, 9, passed: false);
        var after = await ProbeAsync(id, 10, passed: false, description: "last words");
        var again = await ProbeAsync(id, 11, passed: false);

        Assert.Empty(within.Concat(again));
        Assert.Equal(["FAIL told_late"], after);
        var change = await LastChangeAsync();
        var message = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!;
        Assert.Equal((before.Id, before.ChangeId, before.At, "Deploy"), (change.Id, change.ChangeId, change.At, change.DecidedBy));
        Assert.Null(change.StoredAt);
        Assert.NotNull(change.AnnounceAfter); // who folded it publishes it
        Assert.Equal((change.ChangeId, "PASS", "FAIL", change.At, Noon), (message.ChangeId, message.From, message.To, message.At, message.Since));
        Assert.Equal(("last words (still failing after the maintenance window Deploy)", Noon.AddMinutes(10)), (message.Description, message.ProbedAt));
        Assert.Equal("first words", change.Description);

        await AnsweredAsync();
        Assert.Equal(["PASS told"], await ProbeAsync(id, 12, passed: true));
    }

    [Fact]
    public async Task A_probe_that_began_before_the_end_is_none_that_confirms()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false);

        _store.Clock.SetUtcNow(Noon.AddMinutes(10).AddSeconds(5));
        var began = await FoldAsync(Result(id, Noon.AddMinutes(10).AddSeconds(-1), passed: false));
        var fresh = await FoldAsync(Result(id, Noon.AddMinutes(10).AddSeconds(2), passed: false));

        Assert.Empty(began);
        Assert.Equal(["FAIL told_late"], fresh);
    }

    [Fact]
    public async Task A_failure_that_began_before_the_window_and_comes_in_it_is_not_told()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);

        _store.Clock.SetUtcNow(Noon.AddMinutes(1).AddSeconds(5));

        Assert.Empty(await FoldAsync(Result(id, Noon.AddMinutes(1).AddSeconds(-1), passed: false)));
    }

    [Fact]
    public async Task A_Scheduler_that_was_not_there_when_the_window_ended_tells_by_the_first_failing_result()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false);

        _store.Clock.SetUtcNow(Noon.AddDays(3));
        var started = new MaintenanceWindows(_store.Clock, NullLogger<MaintenanceWindows>.Instance);

        Assert.Equal(["FAIL told_late"], await FoldAsync([Result(id, Noon.AddDays(3).AddSeconds(-1), passed: false)], started));
    }

    [Fact]
    public async Task A_change_that_is_not_kept_any_more_is_told_as_another_one()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false);
        await using (var db = _store.Open())
        {
            await db.StatusChanges.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["FAIL told_late"], await ProbeAsync(id, 50, passed: false));
        Assert.Empty(await ProbeAsync(id, 51, passed: false));
    }

    [Fact]
    public async Task A_failure_that_an_older_Scheduler_has_told_meanwhile_is_not_told_again()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false);
        await using (var db = _store.Open())
        {
            await db.Targets.ExecuteUpdateAsync(set => set.SetProperty(t => t.StatusSince, Noon.AddMinutes(11)), TestContext.Current.CancellationToken);
        }

        Assert.Empty(await ProbeAsync(id, 12, passed: false));
        Assert.Null((await _store.ReadAsync(id)).UntoldChange);
    }

    [Fact]
    public async Task Another_window_that_follows_or_overlaps_covers_as_well()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10, name: "first");
        await AddWindowAsync(9, 20, name: "second");
        await ProbeAsync(id, 1, passed: false);

        Assert.Empty(await ProbeAsync(id, 15, passed: false));
        Assert.Equal(["FAIL told_late"], await ProbeAsync(id, 20, passed: false));
    }

    [Fact]
    public async Task A_label_that_changes_takes_the_target_into_the_window_and_out_of_it()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 60, "labels.team = web");

        Assert.Equal(["FAIL told"], await ProbeAsync(id, 1, passed: false));
        await AnsweredAsync();
        Assert.Equal(["PASS told"], await ProbeAsync(id, 2, passed: true));
        await LabelAsync(id, "web");
        Assert.Empty(await ProbeAsync(id, 3, passed: false));
        Assert.Empty(await ProbeAsync(id, 4, passed: false));
        await LabelAsync(id, "payments");
        await AnsweredAsync();

        Assert.Equal(["FAIL told_late"], await ProbeAsync(id, 5, passed: false));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("deleted")]
    [InlineData("shortened")]
    public async Task A_window_that_ends_early_acts_within_two_seconds(string how)
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 60);
        await ProbeAsync(id, 1, passed: false);
        await using (var db = _store.Open())
        {
            var window = await db.MaintenanceWindows.SingleAsync(TestContext.Current.CancellationToken);
            (window.Enabled, window.EndAt) = (how != "disabled", how == "shortened" ? Noon.AddMinutes(1).AddSeconds(1) : window.EndAt);
            if (how == "deleted")
            {
                db.Remove(window);
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var at = Noon.AddMinutes(1).AddSeconds(2);
        _store.Clock.SetUtcNow(at);
        Assert.Equal(["FAIL told_late"], await FoldAsync(Result(id, at, passed: false)));
    }

    [Fact]
    public async Task Who_is_not_selected_is_told_of()
    {
        var (shop, other) = (await AddAsync("shop"), await AddAsync("other"));
        await AddWindowAsync(1, 10, "name : shop");

        _store.Clock.SetUtcNow(Noon.AddMinutes(1));
        var told = await FoldAsync([Result(shop, Noon.AddMinutes(1), false), Result(other, Noon.AddMinutes(1), false)]);

        Assert.Equal(["FAIL told"], told);
        Assert.Equal([other], await TargetsToldAsync());
    }

    [Fact]
    public async Task All_of_it_may_come_in_one_batch()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        _store.Clock.SetUtcNow(Noon.AddMinutes(13));

        var told = await FoldAsync([.. Minutes.Select(minute => Result(id, Noon.AddMinutes(minute), passed: minute is 0 or 2))]);

        Assert.Equal(["FAIL told_late"], told);
        Assert.Equal(
            [(TargetStatus.Pass, null), (TargetStatus.Fail, Decision.Maintenance), (TargetStatus.Pass, Decision.FailureUntold), (TargetStatus.Fail, Decision.ToldLate)],
            (await ChangesAsync()).Select(change => (change.ToStatus, change.Decision)));
        Assert.Null((await _store.ReadAsync(id)).UntoldChange);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // it is too old to be kept
    public async Task A_failure_that_is_told_late_and_its_recovery_may_come_in_one_batch(bool isKept)
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false);
        if (!isKept)
        {
            await using var db = _store.Open();
            await db.StatusChanges.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        _store.Clock.SetUtcNow(Noon.AddMinutes(12));
        var told = await FoldAsync(Result(id, Noon.AddMinutes(11), passed: false), Result(id, Noon.AddMinutes(12), passed: true));

        var changes = await ChangesAsync();
        Assert.Equal(["FAIL told_late", "PASS told"], told);
        Assert.Equal([TargetStatus.Fail, TargetStatus.Pass], changes.Select(change => change.ToStatus));
        Assert.Equal([true, false], changes.Select(change => change.AnnounceAfter is not null)); // the recovery waits until the failure is stored
        Assert.Equal((Noon.AddMinutes(1), ProbeReasons.StatusMismatch), (changes[0].At, changes[0].Reason));
    }

    [Fact]
    public async Task The_report_of_a_change_that_is_told_late_is_that_of_the_probe_that_had_it_told()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        await ProbeAsync(id, 1, passed: false, description: "first words");
        var at = Noon.AddMinutes(10);
        _store.Clock.SetUtcNow(at);
        await FoldAsync(Result(id, at, passed: false) with
        {
            Description = "last words",
            Trace = [new ProbeStep("response", at.AddMilliseconds(3), TimeSpan.FromMilliseconds(1), "Response", StepOutcome.Fail)],
        });

        await using var db = _store.Open();
        var report = (await new IncidentReader(db, new HistoryRows(db)).ChangeAsync((await LastChangeAsync()).ChangeId, TestContext.Current.CancellationToken))!.Report;

        Assert.Equal((at, 3), (report.StartTime.ToDateTimeOffset(), report.Duration.ToTimeSpan().TotalMilliseconds));
        Assert.Equal(2, Assert.Single(report.Steps).Offset.ToTimeSpan().TotalMilliseconds);
        Assert.StartsWith("last words", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_becomes_due_in_the_batch_that_made_it_is_told_before_its_recovery()
    {
        var id = await AddAsync();
        await AddWindowAsync(1, 10);
        _store.Clock.SetUtcNow(Noon.AddMinutes(13));

        var told = await FoldAsync([.. Minutes.Select(minute => Result(id, Noon.AddMinutes(minute), passed: minute is 0 or 12))]);

        Assert.Equal(["FAIL told_late", "PASS told"], told);
        Assert.Null((await _store.ReadAsync(id)).UntoldChange);
    }

    [Fact]
    public async Task A_target_that_is_seldom_probed_is_probed_soon_after_the_end()
    {
        var (seldom, often) = (await AddAsync("seldom", frequency: 86_400), await AddAsync("often", frequency: 60));
        await AddWindowAsync(0, 10);
        var jobs = (await _store.ClaimAsync()).Select(claimed => claimed.Job).ToList();
        var booked = (await _store.ReadAsync(often)).NextProbeAt;

        var folded = await _store.FoldByAsync("prober-1", [.. jobs.Select(job => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch))]);

        var next = (await _store.ReadAsync(seldom)).NextProbeAt;
        Assert.Equal(2, jobs.Count);
        Assert.InRange(next!.Value, Noon.AddMinutes(10).AddMilliseconds(1), Noon.AddMinutes(11));
        Assert.Equal(next, folded.BroughtForward);
        Assert.Equal(booked, (await _store.ReadAsync(often)).NextProbeAt);
    }

    [Theory]
    [InlineData("UPDATE maintenance_windows SET filter = 'team = web'")]
    [InlineData("UPDATE maintenance_windows SET end_at = 'never'")]
    [InlineData("UPDATE maintenance_windows SET name = ''")]
    public async Task A_window_that_a_hand_has_spoilt_costs_no_alert(string edit)
    {
        var id = await AddAsync();
        await AddWindowAsync(0, 10);
        await using (var db = _store.Open())
        {
            await db.Database.ExecuteSqlRawAsync(edit, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["FAIL told"], await ProbeAsync(id, 1, passed: false));
    }

    // A model of what people know: they hear of nothing in a window but the end of what they have heard of, and of what fails after it.
    [Fact]
    public async Task People_know_what_they_should_whatever_happens() => await Gen.Select(Gen.Bool.Array[1, 40], Gen.Select(Gen.Int[0, 40], Gen.Int[1, 15]).Array[0, 3], Gen.Int[1, 4])
        .SampleAsync(
            async (passes, windows, atOnce) =>
            {
                using var store = new SchedulerStore();
                var id = await store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = 60 });
                await using (var db = store.Open())
                {
                    db.AddRange(windows.Select((window, i) => Window($"w{i}", window.Item1, window.Item1 + window.Item2, "id > 0")));
                    await db.SaveChangesAsync();
                }

                var known = false; // whether people think that it fails
                foreach (var minutes in Enumerable.Range(0, passes.Length).Chunk(atOnce))
                {
                    store.Clock.SetUtcNow(Noon.AddMinutes(minutes[^1]));
                    await store.FoldByAsync("prober-1", [.. minutes.Select(minute => Result(id, Noon.AddMinutes(minute), passes[minute]))]);
                    var expected = new List<bool>();
                    foreach (var minute in minutes)
                    {
                        var fails = !passes[minute];
                        if (fails != known && !(fails && (IsCovered(minute) || IsCovered(minutes[^1]))))
                        {
                            expected.Add(known = fails);
                        }
                    }

                    await using var db = store.Open();
                    var told = await db.StatusChanges.Where(change => change.StoredAt == null).OrderBy(change => change.Id).Select(change => change.ToStatus).ToListAsync();
                    Assert.Equal(expected, told.Select(status => status is TargetStatus.Fail));
                    await db.StatusChanges.ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, Noon));
                }

                bool IsCovered(int minute) => windows.Any(window => minute >= window.Item1 && minute < window.Item1 + window.Item2);
            },
            iter: 60,
            threads: 1);

    private Task<long> AddAsync(string name = "x", int frequency = 60)
        => _store.AddAsync(new Target { Name = name, Url = "http://127.0.0.1/", Frequency = frequency });

    private async Task AddWindowAsync(int from, int to, string filter = "id > 0", string name = "Deploy")
    {
        await using var db = _store.Open();
        db.Add(Window(name, from, to, filter));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static MaintenanceWindow Window(string name, int from, int to, string filter)
        => new() { Name = name, Filter = filter, StartAt = Noon.AddMinutes(from), EndAt = Noon.AddMinutes(to) };

    private async Task LabelAsync(long id, string team)
    {
        await using var db = _store.Open();
        await db.TargetLabels.Where(label => label.TargetId == id).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        db.Add(new TargetLabel { TargetId = id, Name = "team", Value = team });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private Task<List<string>> ProbeAsync(long id, int minute, bool passed, string description = "words")
    {
        _store.Clock.SetUtcNow(Noon.AddMinutes(minute));
        return FoldAsync(Result(id, Noon.AddMinutes(minute), passed) with { Description = description });
    }

    private Task<List<string>> FoldAsync(params ProbeResult[] results) => FoldAsync(results, _store.Windows);

    // What is told.
    private async Task<List<string>> FoldAsync(ProbeResult[] results, MaintenanceWindows windows)
    {
        await using var db = _store.Open();
        var folded = await _store.FoldAsync(db, new ProbeResults("prober-1", results), windows);
        return [.. folded.Changes.Where(change => change.StoredAt is null).Select(change => $"{change.ToStatus.ToString().ToUpperInvariant()} {change.Decision}")];
    }

    private async Task AnsweredAsync()
    {
        await using var db = _store.Open();
        await db.StatusChanges.ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, Noon), TestContext.Current.CancellationToken);
    }

    private async Task<List<StatusChange>> ChangesAsync()
    {
        await using var db = _store.Open();
        return await db.StatusChanges.AsNoTracking().OrderBy(change => change.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<StatusChange> LastChangeAsync() => (await ChangesAsync())[^1];

    private async Task<List<long>> TargetsToldAsync() => [.. (await ChangesAsync()).Where(change => change.StoredAt is null).Select(change => change.TargetId)];

    private async Task<List<IncidentRow>> IncidentsAsync()
    {
        await using var db = _store.Open();
        return await db.Incidents.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private static ProbeResult Result(long id, DateTimeOffset at, bool passed) => new()
    {
        TargetId = id,
        Slot = at,
        StartedAt = at,
        Duration = TimeSpan.FromMilliseconds(3),
        Reason = passed ? ProbeReasons.Ok : ProbeReasons.StatusMismatch,
        Description = "words",
        StatusCode = passed ? 200 : 503,
    };
}
