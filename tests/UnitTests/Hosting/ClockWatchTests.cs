using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Time;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Hosting;

public sealed class ClockWatchTests : IDisposable
{
    private readonly JumpingClock _clock = new();
    private readonly LinesOfLog _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string?> _counted = [];
    private readonly List<TimeSpan> _told = [];
    private readonly SteadyTime _steady;
    private readonly ClockWatch _watch;

    public ClockWatchTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "skypunch_clock_jumps" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _counted.Add(tags[0].Value as string));
        _listener.Start();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _steady = new SteadyTime(_clock);
        _watch = new ClockWatch(_steady, _clock, meters, loggers.CreateLogger<ClockWatch>());
        _watch.Jumped += _told.Add;
    }

    [Theory]
    [InlineData(60, "forwards")]
    [InlineData(-3600, "backwards")]
    public void A_clock_that_is_set_is_reported_once_and_counted(int seconds, string direction)
    {
        Look(times: 3);
        _clock.Jump += TimeSpan.FromSeconds(seconds);
        Look(times: 3);

        Assert.Equal([direction], _counted);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], _told);
        Assert.Contains($"was set {direction} by {TimeSpan.FromSeconds(Math.Abs(seconds))}", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_moved_in_small_steps_is_not_told()
    {
        for (var second = 0; second < 100; second++)
        {
            _clock.Jump -= TimeSpan.FromMilliseconds(100);
            Look(times: 1);
        }

        Assert.Empty(_told);
    }

    [Fact]
    public void What_waits_by_the_steady_clock_waits_for_the_same_time_when_the_clock_is_set()
    {
        var inTwoSeconds = _steady.Of(_clock.GetUtcNow().AddSeconds(2));

        _clock.Jump -= TimeSpan.FromHours(1);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(inTwoSeconds, _steady.GetUtcNow());
        Assert.Equal(_steady.GetUtcNow().AddSeconds(1), _steady.Of(_clock.GetUtcNow().AddSeconds(1)));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _watch.Dispose();
        _services.Dispose();
    }

    private void Look(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _watch.Look();
        }
    }
}
