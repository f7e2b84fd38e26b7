using Skypunch.Standalone.FirstStart;

namespace Skypunch.UnitTests.Standalone;

public sealed class LoadProgressTests
{
    [Fact]
    public void Tells_of_every_five_hundredth_entry()
    {
        var told = new List<string>();
        var progress = new LoadProgress(1200, (taken, total) => told.Add($"{taken} of {total}"));

        for (var i = 0; i < 1200; i++)
        {
            progress.Next();
        }

        Assert.Equal(["500 of 1200", "1000 of 1200"], told);
    }
}
