using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone;

namespace Skypunch.UnitTests.Standalone;

public sealed class StartupPatienceTests
{
    private static readonly StartupStep Migrating = new("the Scheduler database", "12 changes of its tables are made", null);
    private static readonly StartupStep Failing = Migrating with { Trouble = "database is locked" };

    private readonly StartupPatience _patience = new();

    [Fact]
    public void A_start_that_goes_on_is_waited_for_however_long_and_reported_every_ten_seconds()
    {
        var said = Enumerable.Range(1, 3600).Select(second => Look(second, Migrating)).OfType<string>().ToList();

        Assert.Equal("waiting for the Scheduler database: 12 changes of its tables are made (2 s)", said[0]);
        Assert.Equal("waiting for the Scheduler database: 12 changes of its tables are made (12 s)", said[1]);
        Assert.Equal(360, said.Count);
    }

    [Fact]
    public void A_start_of_less_than_two_seconds_says_nothing()
        => Assert.Null(_patience.Look(TimeSpan.FromSeconds(1.9), Migrating));

    [Fact]
    public void The_next_step_is_reported_at_once()
    {
        Look(2, Migrating);

        Assert.Equal("waiting for the Notifier database (3 s)", Look(3, new StartupStep("the Notifier database", null, null)));
        Assert.Equal("waiting for the bus (4 s)", Look(4, new StartupStep("the bus", null, null)));
    }

    [Fact]
    public void A_step_that_fails_for_half_a_minute_ends_the_start_with_its_reason()
    {
        for (var second = 1; second < 40; second++)
        {
            Look(second, second < 10 ? Migrating : Failing);
        }

        var e = Assert.Throws<StartupException>(() => Look(40, Failing));
        Assert.Equal("Skypunch could not start: for 30 s it waits for the Scheduler database: database is locked", e.Message);
    }

    [Fact]
    public void Other_words_for_the_trouble_are_no_progress()
    {
        for (var second = 10; second < 40; second++)
        {
            Look(second, Failing with { Trouble = $"tried {second} times" });
        }

        Assert.Throws<StartupException>(() => Look(40, Failing));
    }

    [Fact]
    public void A_step_that_begins_again_and_fails_again_is_no_progress()
    {
        for (var second = 10; second < 40; second++)
        {
            Look(second, second % 2 == 0 ? Failing : Migrating);
        }

        Assert.Throws<StartupException>(() => Look(40, Failing));
    }

    [Fact]
    public void Trouble_that_has_passed_is_forgotten()
    {
        for (var second = 1; second < 100; second++)
        {
            Assert.Null(Record.Exception(() => Look(second, second % 40 < 28 ? Failing : Migrating)));
        }
    }

    [Fact]
    public void A_step_that_reports_neither_progress_nor_a_failure_is_given_up_after_five_minutes()
    {
        var bus = new StartupStep("the bus", null, null);
        for (var second = 20; second < 320; second++)
        {
            Look(second, bus);
        }

        Assert.Contains("the bus, of which nothing is heard", Assert.Throws<StartupException>(() => Look(320, bus)).Message, StringComparison.Ordinal);
    }

    private string? Look(int second, StartupStep step) => _patience.Look(TimeSpan.FromSeconds(second), step);
}
