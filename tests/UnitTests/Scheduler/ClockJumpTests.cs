using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>Somebody sets the clock of the Scheduler's machine while probes are in flight.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private const int Seconds = 20;

    private readonly SchedulerStore _store = new();
    private readonly Dictionary<long, int> _probes = [];
    private IReadOnlyList<ClaimedJob> _inFlight = [];

    public static TheoryData<int> Jumps => [60, -60, 3600, -3600];

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Targets_are_probed_on_at_their_rate_with_no_storm_and_no_failure(int jump)
    {
        var (quick, slow) = (await _store.AddAsync("quick"), await _store.AddAsync("slow", frequency: 10));
        await RunAsync(Seconds);
        var before = (Quick: await _store.ReadAsync(quick), Slow: await _store.ReadAsync(slow));
        _probes.Clear();

        await JumpAsync(jump);
        await RunAsync(Seconds);

        var after = (Quick: await _store.ReadAsync(quick), Slow: await _store.ReadAsync(slow));
        Assert.InRange(_probes[quick], Seconds - 2, Seconds + 1);
        Assert.InRange(_probes.GetValueOrDefault(slow), 1, 3);
        Assert.InRange(after.Quick.PassCount - before.Quick.PassCount, _probes[quick] - 2, _probes[quick] + 1);
        Assert.Equal((TargetStatus.Pass, 0L), (after.Quick.Status, after.Quick.FailCount));
        Assert.Equal((TargetStatus.Pass, 0L), (after.Slow.Status, after.Slow.FailCount));
        Assert.InRange((_store.Clock.GetUtcNow() - after.Quick.LastUpdated!.Value).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(after.Quick.MissedCount - before.Quick.MissedCount, Math.Max(0, jump - 2), Math.Max(0, jump) + 3);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task A_target_that_fails_and_recovers_has_its_edges_after_a_jump(int jump)
    {
        var id = await _store.AddAsync("web");
        await RunAsync(5);
        await JumpAsync(jump);

        await RunAsync(5, passed: false);
        var failed = await _store.ReadAsync(id);
        await RunAsync(5);

        Assert.Equal(TargetStatus.Fail, failed.Status);
        Assert.Equal(TargetStatus.Pass, (await _store.ReadAsync(id)).Status);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task A_clock_that_is_put_right_again_costs_a_slot_or_two(int jump)
    {
        var id = await _store.AddAsync("web");
        await RunAsync(5);
        await JumpAsync(jump);
        await RunAsync(5);
        await JumpAsync(-jump);
        _probes.Clear();

        await RunAsync(Seconds);

        Assert.InRange(_probes[id], Seconds - 2, Seconds + 1);
        Assert.Equal((TargetStatus.Pass, 0L), ((await _store.ReadAsync(id)).Status, (await _store.ReadAsync(id)).FailCount));
    }

    // After the jump, the jobs in flight are answered, and the due times are corrected as ClockWatch does it.
    private async Task JumpAsync(int seconds)
    {
        _inFlight = await _store.ClaimAsync();
        _store.Clock.AdjustTime(_store.Clock.GetUtcNow().AddSeconds(seconds));
        await _store.MendStrayInstantsAsync();
        await AnswerAsync(passed: true);
    }

    private async Task RunAsync(int seconds, bool passed = true)
    {
        for (var quarter = 0; quarter < 4 * seconds; quarter++)
        {
            _store.Clock.Advance(TimeSpan.FromSeconds(0.25));
            _inFlight = [.. _inFlight, .. await _store.ClaimAsync()];
            await AnswerAsync(passed);
        }
    }

    // Answers a job when it is due by the monotonic clock; within this method the test's clock does not jump.
    private async Task AnswerAsync(bool passed)
    {
        var now = _store.Clock.GetUtcNow();
        var due = _inFlight.Where(job => job.ReleaseAt <= now || job.ReleaseAt > now.AddSeconds(5)).ToList();
        _inFlight = [.. _inFlight.Except(due)];
        foreach (var job in due)
        {
            _probes[job.Job.TargetId] = _probes.GetValueOrDefault(job.Job.TargetId) + 1;
        }

        ProbeResult[] results = [.. due.Select(job => passed ? SchedulerStore.Result(job.Job) : SchedulerStore.Result(job.Job, 500, "status_mismatch"))];
        if (results.Length > 0)
        {
            await _store.FoldAsync(results);
        }
    }
}
