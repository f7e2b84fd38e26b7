using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Pauses;

namespace Skypunch.UnitTests.Prober;

public sealed class SenderClocksTests : IDisposable
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services;
    private readonly SenderClocks _senders;

    public SenderClocksTests()
    {
        _services = AProbe.Parts().AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        _senders = _services.GetRequiredService<SenderClocks>();
        _services.GetRequiredService<LostTime>().Enter();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-86400)]
    public void Whatever_a_Schedulers_clock_shows_a_message_that_comes_at_once_is_new_and_one_that_waited_is_old(int ahead)
    {
        Run(seconds: 3, ahead);
        var sentAt = Theirs(ahead);
        Live(seconds: 2);

        AssertAge(2, sentAt);
    }

    [Fact]
    public void What_has_waited_for_a_process_that_stood_still_is_old_for_as_long_as_that_was()
    {
        Run(seconds: 20, ahead: 7);
        var sentAt = Theirs(7);

        _clock.Advance(TimeSpan.FromSeconds(60)); // no timer runs in this time

        var age = _senders.Now("a", sentAt.AddSeconds(1)) - sentAt.AddSeconds(1);
        Assert.InRange(age.TotalSeconds, 58.9, 59.1);
    }

    [Fact]
    public void A_clock_that_is_set_back_takes_messages_for_late_for_some_seconds_only()
    {
        Run(seconds: 20, ahead: 0);
        Run(seconds: 11, ahead: -3600);

        var sentAt = Theirs(-3600);
        AssertAge(0, sentAt);
    }

    [Fact]
    public void Schedulers_whose_clocks_differ_do_not_disturb_each_other()
    {
        Run(seconds: 3, ahead: 0);
        Run(seconds: 3, ahead: 900, "b");

        var sentAt = Theirs(0);
        AssertAge(0, sentAt);
    }

    public void Dispose() => _services.Dispose();

    private void AssertAge(double seconds, DateTimeOffset sentAt)
        => Assert.InRange((_senders.Now("a", sentAt) - sentAt).TotalSeconds, seconds - 0.03, seconds + 0.03);

    private DateTimeOffset Theirs(int ahead) => _clock.GetUtcNow().AddSeconds(ahead) - Way;

    private void Run(int seconds, int ahead, string sender = "a")
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            Live(seconds: 0.1);
            _senders.Now(sender, Theirs(ahead));
        }
    }

    private void Live(double seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }
}
