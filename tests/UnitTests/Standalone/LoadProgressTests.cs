using Microsoft.Extensions.Time.Testing;
using Skypunch.Standalone.FirstStart;

namespace Skypunch.UnitTests.Standalone;

public sealed class LoadProgressTests
{
    [Fact]
    public void Tells_of_every_five_hundredth_entry()
    {
        var told = new List<string>();
        var progress = new LoadProgress(1200, (taken, total) => told.Add($"{taken} of {total}"), new FakeTimeProvider());

        for (var i = 0; i < 1200; i++)
        {
            progress.Next();
        }

        Assert.Equal(["500 of 1200", "1000 of 1200"], told);
    }

    [Fact]
    public void On_a_slow_machine_tells_every_five_seconds()
    {
        var clock = new FakeTimeProvider();
        var told = new List<int>();
        var progress = new LoadProgress(100, (taken, _) => told.Add(taken), clock);

        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            progress.Next();
        }

        Assert.Equal([25, 50, 75, 100], told);
    }
}
