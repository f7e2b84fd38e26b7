using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Notifiers;

namespace Skypunch.Notifier.Store;

/// <summary>All in which MySQL and SQLite differ. SQLite has one writer at a time, so that a transaction needs no locks on rows.</summary>
internal static class NotifierSql
{
    /// <summary>
    /// The delivery to this notifier that is due for longest, with its announcement and its notifier, unless that is disabled. It is held until the end of the
    /// transaction and skipped by everybody else. One waits while an earlier one of the same target is not done, except where only some of the recipients still miss
    /// that one. Earlier is what was stored earlier: a target's changes come in order, the next one when the last one is stored, while the instants they bear are
    /// those of Probers' clocks.
    /// </summary>
    public static Task<List<Delivery>> LockNextDueAsync(this NotifierDb db, long notifierId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sql = $$"""
            SELECT d.* FROM deliveries AS d
            WHERE d.notifier_id = {0} AND d.state = 'PENDING' AND d.next_attempt_at <= {1}
              AND (d.claimed_until IS NULL OR d.claimed_until <= {1})
              AND NOT EXISTS (
                SELECT 1 FROM deliveries AS e
                WHERE e.notifier_id = d.notifier_id AND e.target_id = d.target_id AND e.state = 'PENDING' AND e.remaining_addresses IS NULL
                  AND e.id < d.id)
            ORDER BY d.next_attempt_at, d.id
            LIMIT 1 {{(db.IsSqlite ? "" : "FOR UPDATE OF d SKIP LOCKED")}}
            """;
        return db.Deliveries.FromSqlRaw(sql, notifierId, now.UtcDateTime).AsNoTracking()
            .Include(d => d.Announcement).Include(d => d.Notifier).Where(d => d.Notifier.Enabled).ToListAsync(cancellationToken);
    }

    /// <summary>The notifiers to tell of a change. None of them can be disabled or deleted until the end of the transaction.</summary>
    public static Task<List<StoredNotifier>> LockEnabledNotifiersAsync(this NotifierDb db, CancellationToken cancellationToken)
    {
        var sql = $"SELECT * FROM notifiers WHERE enabled ORDER BY id {(db.IsSqlite ? "" : "FOR SHARE")}";
        return db.Notifiers.FromSqlRaw(sql).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Whether it was the database that failed: gone, too busy, or two transactions that waited for each other.</summary>
    public static bool IsDatabaseFault(Exception exception) => exception switch
    {
        DbException or DbUpdateException or TimeoutException => true,

        // So the MySQL provider wraps all that may pass, to advise its own way of asking again.
        InvalidOperationException { InnerException: { } inner } => IsDatabaseFault(inner),
        _ => false,
    };
}
