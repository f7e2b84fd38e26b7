using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The time by which deliveries are claimed: the database's in MySQL, so that Notifiers whose clocks differ agree, and this machine's in
/// SQLite, where there is one Notifier. The clock is read every few seconds, and continued by the monotonic clock between two readings.
/// After a reading that comes late or shows a jump, other Notifiers may not have been able to renew their leases, so for
/// <see cref="Lease.Grace"/> no lease counts as ended.
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

    /// <summary>The time now. The clock must have been read before.</summary>
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

    /// <summary>A lease whose end is before this instant has ended. While that is not certain, this is the beginning of 1970.</summary>
    public DateTimeOffset EndedBefore
    {
        get
        {
            lock (_lock)
            {
                var stamp = clock.GetTimestamp();
                var isSteady = clock.GetElapsedTime(_readAt, stamp) <= LongestGap && clock.GetElapsedTime(_steadySince, stamp) >= Lease.Grace;
                var now = NowAt(stamp);

                // Where this machine's clock was set back since the last reading, leases may have been renewed by what it says now. In
                // MySQL the statement of the claim compares with the clock itself.
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
            var (first, roundTrip) = (!_isRead, clock.GetElapsedTime(asked, answered));
            var difference = first ? TimeSpan.Zero : read - NowAt(answered);
            var isJump = difference.Duration() > Tolerance + roundTrip;
            if (first || isJump || clock.GetElapsedTime(_readAt, answered) > LongestGap)
            {
                _steadySince = answered;
            }

            (_at, _readAt, _isRead, _isThisMachines) = (read, answered, true, isThisMachines);
            return isJump ? difference : TimeSpan.Zero;
        }
    }

    private DateTimeOffset NowAt(long stamp) => _at + clock.GetElapsedTime(_readAt, stamp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock that deliveries go by has jumped by {Jump}; deliveries that now wait for too long are put right.")]
    private partial void LogJump(TimeSpan jump);
}
