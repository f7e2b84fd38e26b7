using Skypunch.Scheduler.Targets;

namespace Skypunch.UnitTests.Scheduler;

public sealed class WatchedChangesTests
{
    private static readonly DateTimeOffset Noon = SchedulerStore.Noon;

    [Fact]
    public void An_id_that_is_committed_after_a_higher_one_is_taken_once()
    {
        var changes = new WatchedChanges(10);

        Assert.Equal([11, 14], changes.Take([11, 14], Noon));
        Assert.Equal((14, "12 13", 11), (changes.Last, string.Join(' ', changes.Missing), changes.ResumeAfter));
        Assert.Equal([12, 15], changes.Take([15, 12], Noon));
        Assert.Equal([13], changes.Take([13], Noon));
        Assert.Empty(changes.Take([], Noon));
        Assert.Equal((15, "", 15), (changes.Last, string.Join(' ', changes.Missing), changes.ResumeAfter));
    }

    [Fact]
    public void A_watch_that_begins_anew_takes_lower_ids_that_come_later_and_nothing_that_was_there()
    {
        var changes = WatchedChanges.Beginning([1000, 999, 997], Noon);

        Assert.Equal((1000, true, 1000), (changes.Last, changes.Missing.Contains(998), changes.ResumeAfter));
        Assert.Equal([998, 1002], changes.Take([998, 1002], Noon));
        Assert.Equal((1000, 801, 1001), (changes.ResumeAfter, changes.Missing.Min(), changes.Missing.Max()));
        Assert.Equal(0, WatchedChanges.Beginning([], Noon).Last);
    }

    [Fact]
    public void An_id_that_does_not_come_is_not_asked_for_for_ever()
    {
        var changes = new WatchedChanges(0);
        changes.Take([2], Noon);

        changes.Take([], Noon + WatchedChanges.Patience - TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], changes.Missing);

        changes.Take([], Noon + WatchedChanges.Patience);
        Assert.Equal(("", 2), (string.Join(' ', changes.Missing), changes.ResumeAfter));
    }

    [Fact]
    public void What_is_asked_for_is_bounded()
    {
        var changes = new WatchedChanges(0);

        changes.Take(Enumerable.Range(1, 10_000).Select(i => 2L * i), Noon);
        changes.Take([1_000_000_000], Noon);

        Assert.Equal(2000, changes.Missing.Count);
        Assert.Equal(1_000_000_000 - 1, changes.Missing.Max());
    }
}
