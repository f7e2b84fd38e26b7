using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Corrects instants in <c>targets</c> that lie further ahead than a claim ever books: they remain after a clock was set back or after an
/// edit by hand in SQL, and the target would not be probed until then. The next probe is set to the target's next slot, and a lease ends at
/// once. A number in <c>enabled</c> that is neither 0 nor 1 is set to 1: every reader takes it for true, but the claim's query would not
/// find it.
/// </summary>
internal sealed class StrayInstants(SchedulerDb db, IOptions<SchedulerOptions> options, TimeProvider clock)
{
    private const int AtOnce = 500;

    // {0} is the latest instant that a claimed slot may have now. The next probe lies at most a frequency and a half after it. A lease
    // ends at most three waits, the spread of late slots and the timeout after {0}. Numbers are bounded as ProbeJobs and Slots
    // bound them.
    private const string MySql =
        """
        SELECT id AS Id, frequency AS Frequency, COALESCE(next_probe_at > {0} + INTERVAL 1.5 * GREATEST(frequency, 1) SECOND, 0) AS IsFar,
            COALESCE(in_flight_until > {0} + INTERVAL 2 * LEAST(GREATEST(frequency, 1), 30) + LEAST(GREATEST(timeout, 1), 300) SECOND, 0) AS IsHeld
        FROM targets
        WHERE enabled <> 0 AND (enabled <> 1 OR next_probe_at > {0} + INTERVAL 1.5 * GREATEST(frequency, 1) SECOND
            OR in_flight_until > {0} + INTERVAL 2 * LEAST(GREATEST(frequency, 1), 30) + LEAST(GREATEST(timeout, 1), 300) SECOND)
        """;

    // Instants are texts in SQLite. A text that was edited by hand and is no instant may sort after all instants.
    private const string Sqlite =
        """
        SELECT id AS Id, CAST(COALESCE(frequency, 1) AS INTEGER) AS Frequency, COALESCE(next_probe_at > far, 0) AS IsFar, COALESCE(in_flight_until > held, 0) AS IsHeld
        FROM (SELECT id, frequency, next_probe_at, in_flight_until,
            strftime('%Y-%m-%d %H:%M:%f', {0}, (1.5 * MIN(MAX(CAST(frequency AS INTEGER), 1), 2147483647)) || ' seconds') AS far,
            strftime('%Y-%m-%d %H:%M:%f', {0}, (2 * MIN(MAX(CAST(frequency AS INTEGER), 1), 30) + MIN(MAX(CAST(timeout AS INTEGER), 1), 300)) || ' seconds') AS held,
            enabled FROM targets WHERE enabled)
        WHERE (enabled <> 1 OR next_probe_at > far OR in_flight_until > held)
        """;

    private static readonly BulkUpdate<Mended> Mend = BulkUpdate<Mended>.ById(row => row.Id)
        .Set("enabled", _ => 1)
        .SetUnlessNull("next_probe_at", row => row.Next)
        .SetUnlessNull("in_flight_until", row => row.Until);

    /// <summary>Finds the targets with such a value, without a lock.</summary>
    /// <returns>Their ids.</returns>
    public async Task<List<long>> FindAsync(CancellationToken cancellationToken) => (await SelectAsync("", cancellationToken)).ConvertAll(row => row.Id);

    /// <summary>Corrects the rows. A row that somebody else has corrected meanwhile stays as it is.</summary>
    /// <returns>When the first of the corrected targets is due; null: no row was corrected.</returns>
    public async Task<DateTimeOffset?> MendAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        DateTimeOffset? first = null;
        foreach (var part in ids.Chunk(AtOnce))
        {
            await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
            var stray = await SelectAsync($" AND id IN ({string.Join(',', part)}){(db.IsSqlite ? "" : " FOR UPDATE SKIP LOCKED")}", cancellationToken);
            var now = clock.GetUtcNow();
            var mended = stray.ConvertAll(row => new Mended(row.Id, row.IsFar ? Next(row, now) : null, row.IsHeld ? now : null));
            if (mended.Count > 0)
            {
                await Mend.RunAsync(db, mended, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            first = mended.Select(row => row.Next ?? row.Until ?? now).Concat(first is { } before ? [before] : []).Cast<DateTimeOffset?>().Min();
        }

        return first;
    }

    private static DateTimeOffset Next(StrayRow row, DateTimeOffset now)
        => Slots.BookLater(row.Id, TimeSpan.FromSeconds(Math.Clamp(row.Frequency, 1, int.MaxValue)), now).Next;

    private Task<List<StrayRow>> SelectAsync(string which, CancellationToken cancellationToken)
    {
        var latestSlot = clock.GetUtcNow() + options.Value.LookAhead + Slots.ClockDifference;
        var (sql, latest) = db.IsSqlite ? (Sqlite, (object)InstantText.Of(latestSlot)) : (MySql, latestSlot.UtcDateTime);
        return db.Database.SqlQueryRaw<StrayRow>(sql + which, latest).ToListAsync(cancellationToken);
    }

    private sealed record StrayRow(long Id, long Frequency, bool IsFar, bool IsHeld);

    private sealed record Mended(long Id, DateTimeOffset? Next, DateTimeOffset? Until);
}
