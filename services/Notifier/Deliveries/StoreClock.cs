using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The time by which deliveries are claimed: the database's in MySQL, so that Notifiers whose clocks differ agree, and this machine's in SQLite, where there is one
/// Notifier. It is read every few seconds, and goes by the monotonic clock between two readings. A reading that comes late or shows a jump
/// shows that other Notifiers may have been kept from renewing their leases: for <see cref="Lease.Grace"/> none is taken for ended.
/// </summary>
internal sealed partial class StoreClock(TimeProvider clock, ILogger<StoreClock> logger)
{
    private static readonly TimeSpan LongestGap = 2.5 * Lease.RenewEvery;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _at;
    private long _readAt;
    private long _steadySince;
    private bool _isRead;
    private bool _isThisMachines;

    /// <summary>Now. There must have been a reading.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                return NowAt(clock.GetTimestamp());
            }
        }
    }

    /// <summary>A lease that ended before this instant has ended; while it is not certain, the begin of 1970.</summary>
    public DateTimeOffset EndedBefore
    {
        get
        {
            lock (_lock)
            {
                var stamp = clock.GetTimestamp();
                var isSteady = clock.GetElapsedTime(_readAt, stamp) <= LongestGap && clock.GetElapsedTime(_steadySince, stamp) >= Lease.Grace;
                var now = NowAt(stamp);

                // Set back since the last reading: others may have renewed theirs by what it says now. In MySQL the claim itself looks.
                return !isSteady ? DateTimeOffset.UnixEpoch : _isThisMachines && clock.GetUtcNow() < now ? clock.GetUtcNow() : now;
            }
        }
    }

    /// <summary>Reads the database's clock if it has not been read yet.</summary>
    public Task EnsureReadAsync(NotifierDb db, CancellationToken cancellationToken) => _isRead ? Task.CompletedTask : ReadAsync(db, cancellationToken);

    /// <summary>Reads the database's clock.</summary>
    /// <returns>How far it has jumped since the reading before; zero where it has not.</returns>
    public async Task<TimeSpan> ReadAsync(NotifierDb db, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var read = db.IsSqlite ? clock.GetUtcNow() : await db.TimeAsync(cancellationToken);
        var jump = Take(read, db.IsSqlite, asked, clock.GetTimestamp());
        if (jump != TimeSpan.Zero)
        {
            LogJump(jump);
        }

        return jump;
    }

    private TimeSpan Take(DateTimeOffset read, bool isThisMachines, long asked, long answered)
    {
        lock (_lock)
        {
            var (first, journey) = (!_isRead, clock.GetElapsedTime(asked, answered));
            var difference = first ? TimeSpan.Zero : read - NowAt(answered);
            var isJump = difference.Duration() > Tolerance + journey;
            if (first || isJump || clock.GetElapsedTime(_readAt, answered) > LongestGap)
            {
                _steadySince = answered;
            }

            (_at, _readAt, _isRead, _isThisMachines) = (read, answered, true, isThisMachines);
            return isJump ? difference : TimeSpan.Zero;
        }
    }

    private DateTimeOffset NowAt(long stamp) => _at + clock.GetElapsedTime(_readAt, stamp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock that deliveries go by has jumped by {Jump}; what waits for an instant that has moved away is put right.")]
    private partial void LogJump(TimeSpan jump);
}
