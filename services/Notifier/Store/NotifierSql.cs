using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>
/// The statements in which MySQL and SQLite differ. SQLite has one writer at a time, so that a transaction needs no locks on rows.
/// </summary>
internal static class NotifierSql
{
    private static readonly string ALeaseFromNow = FormattableString.Invariant($"UTC_TIMESTAMP(6) + INTERVAL {Lease.Length.TotalSeconds:0} SECOND");

    // With this index the first row that is free ends the search. MySQL would sort all deliveries that wait, anew for each mail.
    private const string InTheirOrder = "FORCE INDEX (IX_deliveries_notifier_id_state_next_attempt_at)";

    /// <summary>
    /// The delivery of this notifier that has been due for longest, with its announcement and its notifier, unless the notifier is
    /// disabled. The row is locked until the end of the transaction, and all other transactions skip it. A delivery waits while an earlier
    /// delivery of the same target is not done, unless only some recipients still miss the earlier message, or it is set aside. The earlier
    /// delivery is the one that was stored earlier, since a target's changes are stored in their order, while their instants are those of
    /// different Probers' clocks.
    /// </summary>
    /// <param name="db">The store.</param>
    /// <param name="notifierId">The notifier.</param>
    /// <param name="now">The time now. A delivery whose next attempt is later is not due.</param>
    /// <param name="ended">A delivery that is claimed until later than this instant is not free.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static Task<List<Delivery>> LockNextDueAsync(
        this NotifierDb db,
        long notifierId,
        DateTimeOffset now,
        DateTimeOffset ended,
        CancellationToken cancellationToken)
    {
        return db.Deliveries.FromSqlRaw(NextDue(db, "d.*"), notifierId, now.UtcDateTime, ended.UtcDateTime).AsNoTracking()
            .Include(d => d.Announcement).Include(d => d.Notifier).Where(d => d.Notifier.Enabled).ToListAsync(cancellationToken);
    }

    /// <summary>The id alone of the delivery that <see cref="LockNextDueAsync"/> finds, for where the rest cannot be read.</summary>
    public static async Task<long?> LockNextDueIdAsync(
        this NotifierDb db,
        long notifierId,
        DateTimeOffset now,
        DateTimeOffset ended,
        CancellationToken cancellationToken)
        => await db.Database.SqlQueryRaw<long>(NextDue(db, "d.id AS Value"), notifierId, now.UtcDateTime, ended.UtcDateTime).ToListAsync(cancellationToken) is [var id]
            ? id
            : null;

    /// <summary>The notifiers to tell of a change. None of them can be disabled or deleted until the end of the transaction.</summary>
    public static Task<List<long>> LockEnabledNotifiersAsync(this NotifierDb db, CancellationToken cancellationToken)
    {
        var sql = $"SELECT * FROM notifiers WHERE enabled ORDER BY id {(db.IsSqlite ? "" : "FOR SHARE")}";
        return db.Notifiers.FromSqlRaw(sql).Select(notifier => notifier.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Locks a notifier until the end of the transaction.</summary>
    /// <returns>Whether there is such a notifier.</returns>
    public static async Task<bool> LockNotifierAsync(this NotifierDb db, long notifierId, CancellationToken cancellationToken)
        => db.IsSqlite
            || await db.Database.SqlQuery<long>($"SELECT id AS Value FROM notifiers WHERE id = {notifierId} FOR UPDATE").ToListAsync(cancellationToken) is [_];

    /// <summary>Deliveries of a notifier whose attempts are not all counted. They are locked, and those that others have locked are left out.</summary>
    public static IQueryable<Delivery> LockUncounted(this NotifierDb db, long notifierId, int most)
    {
        var sql = $$"""
            SELECT * FROM deliveries WHERE notifier_id = {0} AND uncounted_attempts IS NOT NULL LIMIT {1} {{(db.IsSqlite ? "" : "FOR UPDATE SKIP LOCKED")}}
            """;
        return db.Deliveries.FromSqlRaw(sql, notifierId, most);
    }

    /// <summary>The database's time. MySQL's is the same for all Notifiers; SQLite has none but this machine's.</summary>
    public static async Task<DateTimeOffset> TimeAsync(this NotifierDb db, CancellationToken cancellationToken)
    {
        var utc = await db.Database.SqlQueryRaw<DateTime>("SELECT UTC_TIMESTAMP(6) AS Value").SingleAsync(cancellationToken);
        return new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
    }

    /// <summary>Claims a delivery for a sender.</summary>
    public static Task<int> ClaimAsync(this NotifierDb db, long id, string sender, DateTimeOffset until, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(
            db.IsSqlite
                ? "UPDATE deliveries SET claimed_until = {0}, claimed_by = {1} WHERE id = {2}"
                : $"UPDATE deliveries SET claimed_until = {ALeaseFromNow}, claimed_by = {{1}} WHERE id = {{2}}",
            [until.UtcDateTime, sender, id],
            cancellationToken);

    /// <summary>Renews claims of a sender.</summary>
    /// <param name="db">The store.</param>
    /// <param name="ids">The ids of the deliveries.</param>
    /// <param name="sender">The sender that must still hold the claims.</param>
    /// <param name="until">Their new end in SQLite. MySQL goes by its own clock, since this machine may have been suspended.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>How many claims were still the sender's.</returns>
    public static Task<int> RenewAsync(
        this NotifierDb db,
        IReadOnlyCollection<long> ids,
        string sender,
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
#pragma warning disable EF1002 // the ids are numbers
        return db.Database.ExecuteSqlRawAsync(
            $"""
            UPDATE deliveries SET claimed_until = {(db.IsSqlite ? "{0}" : ALeaseFromNow)}
            WHERE id IN ({string.Join(',', ids)}) AND claimed_by = {"{1}"} AND state = 'PENDING'
            """,
            [until.UtcDateTime, sender],
            cancellationToken);
#pragma warning restore EF1002
    }

    /// <summary>Drops the pool's connections, which may be dead like the one that failed. The next connection is a fresh one.</summary>
    public static async Task DropConnectionsAsync(this NotifierDb db)
    {
        if (db.Database.GetDbConnection() is MySqlConnector.MySqlConnection connection)
        {
            await MySqlConnector.MySqlConnection.ClearPoolAsync(connection);
        }
    }

    private static string NextDue(NotifierDb db, string columns) => $$"""
        SELECT {{columns}} FROM deliveries AS d {{(db.IsSqlite ? "" : InTheirOrder)}}
        WHERE d.notifier_id = {0} AND d.state = 'PENDING' AND d.next_attempt_at <= {1}
          AND (d.claimed_until IS NULL OR d.claimed_until <= {2}{{(db.IsSqlite ? "" : " AND d.claimed_until <= UTC_TIMESTAMP(6)")}})
          AND EXISTS (SELECT 1 FROM announcements AS a WHERE a.change_id = d.change_id)
          AND NOT EXISTS (
            SELECT 1 FROM deliveries AS e
            WHERE e.notifier_id = d.notifier_id AND e.target_id = d.target_id AND e.state = 'PENDING' AND e.remaining_addresses IS NULL
              AND e.set_aside_at IS NULL AND e.id < d.id)
        ORDER BY d.next_attempt_at, d.id
        LIMIT 1 {{(db.IsSqlite ? "" : "FOR UPDATE OF d SKIP LOCKED")}}
        """;
}
