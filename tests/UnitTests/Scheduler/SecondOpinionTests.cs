using Skypunch.Contracts;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class SecondOpinionTests : IDisposable
{
    private readonly SchedulerStore _store = new();
    private long _id;

    // A letter is a failure by the network, seen by the Prober of that name; "x" is another kind of failure, seen by A; "." is a pass, seen
    // by B. In the result an upper-case letter means FAIL.
    [Theory]
    [InlineData(1, "AB", "--F")]
    [InlineData(1, "AA", "--F")]
    [InlineData(1, "Ax", "--F")]
    [InlineData(1, "x", "-F")]
    [InlineData(1, "A.", "---")]
    [InlineData(1, "A.A.B.AA", "--------F")]
    [InlineData(2, "AB", "--F")]
    [InlineData(2, "AA", "---")]
    [InlineData(2, "AAA", "---F")]
    [InlineData(2, "AAB", "---F")]
    [InlineData(2, "xAB", "---F")]
    [InlineData(3, "AAAA", "----F")]
    [InlineData(3, "AAB", "---F")]
    public async Task An_edge_by_the_network_is_seen_twice_and_withheld_once(int threshold, string seen, string expected)
    {
        await AliveAsync("A", "B");
        await AddPassingAsync(threshold);

        var statuses = "-";
        foreach (var by in seen)
        {
            await NextAsync(by);
            statuses += await IsFailAsync() ? "F" : "-";
        }

        Assert.Equal(expected, statuses);
    }

    [Fact]
    public async Task Where_there_is_no_other_prober_an_edge_is_made_at_once()
    {
        await AliveAsync("A");
        await AddPassingAsync(threshold: 1);

        await NextAsync('A');

        Assert.True(await IsFailAsync());
    }

    [Fact]
    public async Task Probers_that_have_been_silent_are_not_asked()
    {
        await AliveAsync("A", "B");
        _store.Clock.Advance(TimeSpan.FromMinutes(11));
        await AddPassingAsync(threshold: 1);

        await NextAsync('A');

        Assert.True(await IsFailAsync());
    }

    [Fact]
    public async Task The_second_look_comes_at_once_and_not_by_the_prober_that_saw_the_failure()
    {
        await AliveAsync("A", "B");
        await AddPassingAsync(threshold: 1, frequency: 60);
        var failed = await NextAsync('A');

        var job = await ClaimAsync();

        Assert.InRange(job.Slot - failed.Slot, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal("A", job.NotBy);
    }

    [Fact]
    public async Task A_lone_prober_is_given_its_retries()
    {
        await AliveAsync("A");
        await AddPassingAsync(threshold: 2);
        await NextAsync('A');

        Assert.Null((await ClaimAsync()).NotBy);
    }

    [Fact]
    public async Task A_contradicted_failure_is_counted_and_reported_with_its_Prober()
    {
        await AliveAsync("A", "B");
        await AddPassingAsync(threshold: 1);
        await NextAsync('A');
        var job = await ClaimAsync();

        var folded = await _store.FoldByAsync("B", SchedulerStore.Result(job));

        Assert.Equal(new Contradiction(_id, "x", "A"), Assert.Single(folded.Contradictions));
        Assert.Empty(folded.Changes);
        var target = await _store.ReadAsync(_id);
        Assert.Equal((TargetStatus.Pass, 1L, 0L), (target.Status, target.FailCount, target.RepeatedFails));
    }

    [Fact]
    public async Task A_confirmed_failure_says_who_saw_it()
    {
        await AliveAsync("A", "B");
        await AddPassingAsync(threshold: 1);

        await NextAsync('A');
        await NextAsync('B');

        Assert.EndsWith("(seen by A and B)", (await _store.ReadAsync(_id)).StatusDescription, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private async Task AliveAsync(params string[] probers)
    {
        await using var db = _store.Open();
        db.Probers.AddRange(probers.Select(name => new ProberRow
        {
            Name = name,
            Version = "1",
            StartedAt = SchedulerStore.Noon,
            LastSeenAt = SchedulerStore.Noon.AddMinutes(10),
            Running = 0,
            Completed = 0,
        }));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task AddPassingAsync(int threshold, int frequency = 1)
    {
        _id = await _store.AddAsync(new Target { Name = "x", Url = "http://127.0.0.1/", Frequency = frequency, Timeout = 1, FailureThreshold = threshold });
        await _store.FoldByAsync("A", SchedulerStore.Result(await ClaimAsync()));
    }

    private async Task<ProbeResult> NextAsync(char by)
    {
        var job = await ClaimAsync();
        var result = by switch
        {
            '.' => SchedulerStore.Result(job),
            'x' => SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch),
            _ => SchedulerStore.Result(job, null, ProbeReasons.ConnectTimeout),
        };
        await _store.FoldByAsync(by switch { '.' => "B", 'x' => "A", _ => $"{by}" }, result);
        return result;
    }

    // Moves the clock to the time when the target is due.
    private async Task<ProbeJob> ClaimAsync()
    {
        var due = (await _store.ReadAsync(_id)).NextProbeAt;
        if (due > _store.Clock.GetUtcNow())
        {
            _store.Clock.SetUtcNow(due.Value);
        }

        await using var db = _store.Open();
        var claimed = await _store.ClaimAsync();
        return Assert.Single(await new RetryRouting(db, new LivingProbers(_store.Clock)).RouteAsync(claimed, TestContext.Current.CancellationToken)).Job;
    }

    private async Task<bool> IsFailAsync() => (await _store.ReadAsync(_id)).Status is TargetStatus.Fail;
}
