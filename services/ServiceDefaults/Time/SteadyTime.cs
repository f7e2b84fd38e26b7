namespace Skypunch.ServiceDefaults.Time;

/// <summary>
/// Instants that go by the monotonic clock, for what waits inside this process: they begin at the time of day, and go on evenly when somebody sets the clock. They
/// mean nothing to another process, and must not be stored.
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

    /// <summary>The steady instant of a time of day, by the clock as it is set now.</summary>
    public DateTimeOffset Of(DateTimeOffset timeOfDay) => timeOfDay + (GetUtcNow() - clock.GetUtcNow());

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
