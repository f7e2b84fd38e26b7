using Skypunch.Scheduler;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetClaimerTests
{
    [Theory]
    [InlineData(false, 250, 1000, 250)]
    [InlineData(true, 250, 1000, 500)]
    [InlineData(true, 250, 999, 250)]
    [InlineData(true, 400, 1000, 400)]
    public void Where_nothing_was_due_it_looks_half_as_often_yet_twice_within_the_look_ahead(bool isQuiet, int interval, int lookAhead, int expected)
    {
        var options = new SchedulerOptions { ClaimInterval = TimeSpan.FromMilliseconds(interval), LookAhead = TimeSpan.FromMilliseconds(lookAhead) };

        Assert.Equal(TimeSpan.FromMilliseconds(expected), TargetClaimer.IntervalAfter(isQuiet, options));
    }
}
