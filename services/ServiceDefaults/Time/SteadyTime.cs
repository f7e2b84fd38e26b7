namespace Skypunch.ServiceDefaults.Time;

/// <summary>
/// A clock that goes by the monotonic clock, for what waits inside this process. It starts at the system's time when it is created, and is
/// not affected when the system's clock is set later. Its instants mean nothing to another process, and must not be stored.
/// </summary>
/// <param name="clock">The machine's clocks.</param>
public sealed class SteadyTime(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + clock.GetElapsedTime(_began);

    /// <summary>Converts an instant of the system's clock, as that is set now, to the steady clock.</summary>
    public DateTimeOffset Of(DateTimeOffset timeOfDay) => timeOfDay + (GetUtcNow() - clock.GetUtcNow());

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
