using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Prober.Pauses;

namespace Skypunch.UnitTests.Prober;

public sealed class LostTimeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LinesOfLog _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LostTime _lostTime;

    public LostTimeTests()
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _lostTime = new LostTime(_clock, _services.GetRequiredService<IMeterFactory>(), loggers.CreateLogger<LostTime>());
    }

    [Fact]
    public void A_process_that_runs_loses_nothing()
    {
        _lostTime.Enter();
        Run(seconds: 5);

        Assert.Equal(TimeSpan.Zero, Lost());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void What_is_lost_while_a_probe_runs_is_known_to_the_tenth_of_a_second_and_reported_once()
    {
        _lostTime.Enter();
        Run(seconds: 1);
        var before = _lostTime.Now();

        _clock.Advance(TimeSpan.FromSeconds(1.2)); // no timer runs in this time

        Assert.True(_lostTime.HasLostSince(before));
        Assert.InRange(Lost().TotalSeconds, 1.1, 1.2);
        Assert.StartsWith("This process did not run for 1.15 s though it should have", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
        Assert.False(_lostTime.HasLostSince(_lostTime.Now()));
    }

    [Fact]
    public void A_tick_that_is_a_little_late_is_no_loss()
    {
        _lostTime.Enter();
        _clock.Advance(TimeSpan.FromSeconds(1)); // exactly to the end of a tick
        Run(seconds: 1);
        var before = _lostTime.Now();

        _clock.Advance(TimeSpan.FromMilliseconds(140));

        Assert.False(_lostTime.HasLostSince(before));
    }

    [Fact]
    public void A_process_that_loses_a_little_again_and_again_says_so_every_ten_seconds()
    {
        _lostTime.Enter();
        for (var i = 0; i < 40; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(550));
        }

        Assert.Equal(3, _log.Lines.Length); // in 22 seconds
        Assert.InRange(Lost().TotalSeconds, 19, 21);
    }

    [Fact]
    public void A_loss_while_no_probe_runs_is_known_too_and_is_none_of_the_next_probes()
    {
        Run(seconds: 3);
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.InRange(Lost().TotalSeconds, 13.9, 15);

        _lostTime.Enter();
        var before = _lostTime.Now();
        Run(seconds: 1);

        Assert.False(_lostTime.HasLostSince(before));
    }

    public void Dispose()
    {
        _lostTime.Dispose();
        _services.Dispose();
    }

    private void Run(int seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    private TimeSpan Lost() => _clock.GetElapsedTime(0, _lostTime.Now());
}
