using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
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

    private const string Lock = "FOR UPDATE OF d SKIP LOCKED";

    // A row of a digest may be locked for a moment by another sender that looks it over, or by one that counts its attempts. None of them waits
    // for a lock on another row of the digest.
    private const string LockAll = "FOR UPDATE OF d";

    /// <summary>
    /// The delivery of this notifier that has been due for longest, with its announcement and its notifier, unless the notifier is
    /// disabled. The row is locked until the end of the transaction, and all other transactions skip it. A delivery waits while an earlier
    /// delivery of the same target is not done, unless only some recipients still miss the earlier message, or it is set aside. The earlier
    /// delivery is the one that was stored earlier, since a target's changes are stored in their order, while their instants are those of
    /// different Probers' clocks. Of a digest, the first delivery stands for all: no two senders can have parts of it.
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

    /// <summary>
    /// How many deliveries could go into a new digest now: those that are due, have not been claimed yet, and wait for no earlier one of their
    /// target. Notices are left out, since each is a message of its own.
    /// </summary>
    /// <param name="db">The store.</param>
    /// <param name="notifierId">The notifier.</param>
    /// <param name="now">The time now.</param>
    /// <param name="most">Where the count ends.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<int> CountFreshAsync(this NotifierDb db, long notifierId, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var sql = $"SELECT COUNT(*) AS Value FROM ({Fresh(db, "d.id")} LIMIT {{2}}) AS fresh";
        return (await db.Database.SqlQueryRaw<int>(sql, notifierId, now.UtcDateTime, most).ToListAsync(cancellationToken))[0];
    }

    /// <summary>The deliveries for a new digest with their announcements, those that have been due for longest first. They are locked.</summary>
    public static Task<List<Delivery>> LockFreshAsync(this NotifierDb db, long notifierId, DateTimeOffset now, CancellationToken cancellationToken)
        => db.Deliveries.FromSqlRaw(InOrder(db, Fresh(db, "d.*")), notifierId, now.UtcDateTime, DigestRule.Most).AsNoTracking()
            .Include(d => d.Announcement).OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).ToListAsync(cancellationToken);

    /// <summary>The ids alone of the deliveries that <see cref="LockFreshAsync"/> finds, for where the rest cannot be read.</summary>
    public static Task<List<long>> LockFreshIdsAsync(this NotifierDb db, long notifierId, DateTimeOffset now, CancellationToken cancellationToken)
        => db.Database.SqlQueryRaw<long>(InOrder(db, Fresh(db, "d.id AS Value")), notifierId, now.UtcDateTime, DigestRule.Most).ToListAsync(cancellationToken);

    /// <summary>
    /// The deliveries of a digest that wait and that nobody is sending, with their announcements. They are locked, and where another
    /// transaction has locked some of them, this is waited for: under the digest's id, the message may have gone out with all of them.
    /// </summary>
    public static Task<List<Delivery>> LockDigestAsync(this NotifierDb db, long notifierId, Guid digestId, DateTimeOffset ended, CancellationToken cancellationToken)
        => db.Deliveries.FromSqlRaw(OfDigest(db, "d.*"), notifierId, digestId, ended.UtcDateTime).AsNoTracking()
            .Include(d => d.Announcement).OrderBy(d => d.Id).ToListAsync(cancellationToken);

    /// <summary>The ids alone of the deliveries that <see cref="LockDigestAsync"/> finds, for where the rest cannot be read.</summary>
    public static Task<List<long>> LockDigestIdsAsync(this NotifierDb db, long notifierId, Guid digestId, DateTimeOffset ended, CancellationToken cancellationToken)
        => db.Database.SqlQueryRaw<long>(OfDigest(db, "d.id AS Value"), notifierId, digestId, ended.UtcDateTime).ToListAsync(cancellationToken);

    /// <summary>The enabled notifiers with due deliveries that nobody is sending, and how many; the count of each ends at a number.</summary>
    public static Task<List<DueCount>> CountDueAsync(this NotifierDb db, DateTimeOffset now, DateTimeOffset ended, int most, CancellationToken cancellationToken)
    {
        var sql = $$"""
            SELECT n.id AS NotifierId, n.hours AS Hours, (
              SELECT COUNT(*) FROM (
                SELECT 1 FROM deliveries AS d {{(db.IsSqlite ? "" : InTheirOrder)}}
                WHERE d.notifier_id = n.id AND d.state = 'PENDING' AND d.next_attempt_at <= {0} AND (d.claimed_until IS NULL OR d.claimed_until <= {1})
                LIMIT {2}) AS found) AS Due
            FROM notifiers AS n WHERE n.enabled
            """;
        return db.Database.SqlQueryRaw<DueCount>(sql, now.UtcDateTime, ended.UtcDateTime, most).Where(count => count.Due > 0).ToListAsync(cancellationToken);
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

    /// <summary>
    /// The notifiers that may be told of a change, as far as that says of what and when. None of them can be changed, disabled or deleted
    /// until the end of the transaction.
    /// </summary>
    public static Task<List<StoredReceiver>> LockEnabledNotifiersAsync(this NotifierDb db, CancellationToken cancellationToken)
    {
        var sql = $"SELECT * FROM notifiers WHERE enabled ORDER BY id {(db.IsSqlite ? "" : "FOR SHARE")}";
        return db.Notifiers.FromSqlRaw(sql).Select(notifier => new StoredReceiver(notifier.Id, notifier.MatchText, notifier.Hours)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Those of some notifiers and targets where the last that the notifier was told of the target is a failure. What was cancelled was not
    /// told. The last is the one that was stored last, as a target's changes are stored in their order.
    /// </summary>
    public static Task<List<ToldTarget>> FailingAsync(this NotifierDb db, IEnumerable<ToldTarget> asked, CancellationToken cancellationToken)
    {
        var (notifiers, targets) = (asked.Select(pair => pair.NotifierId).Distinct(), asked.Select(pair => pair.TargetId).Distinct());
        var sql = $"""
            SELECT d.notifier_id AS NotifierId, d.target_id AS TargetId
            FROM (
              SELECT MAX(t.id) AS id FROM deliveries AS t {ByTarget(db)}
              JOIN announcements AS c ON c.change_id = t.change_id AND c.from_status <> '{Announcement.OfNotices}'
              WHERE t.notifier_id IN ({string.Join(',', notifiers)}) AND t.target_id IN ({string.Join(',', targets)}) AND t.state <> 'CANCELLED'
              GROUP BY t.notifier_id, t.target_id) AS newest
            JOIN deliveries AS d ON d.id = newest.id
            JOIN announcements AS a ON a.change_id = d.change_id
            WHERE a.to_status = 'FAIL'
            """;
        return db.Database.SqlQueryRaw<ToldTarget>(sql).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The failures that notifiers have not been told of yet, and that nobody has begun to send, of some notifiers and targets. They are
    /// locked.
    /// </summary>
    public static async Task<List<(long Id, ToldTarget Told)>> LockUntriedFailuresAsync(
        this NotifierDb db,
        IReadOnlyCollection<ToldTarget> asked,
        CancellationToken cancellationToken)
    {
        var (notifiers, targets) = (asked.Select(pair => pair.NotifierId).Distinct(), asked.Select(pair => pair.TargetId).Distinct());
        var sql = $"""
            SELECT d.id AS Id, d.notifier_id AS NotifierId, d.target_id AS TargetId
            FROM deliveries AS d {ByTarget(db)}
            JOIN announcements AS a ON a.change_id = d.change_id AND a.from_status <> '{Announcement.OfNotices}' AND a.to_status = 'FAIL'
            WHERE d.notifier_id IN ({string.Join(',', notifiers)}) AND d.target_id IN ({string.Join(',', targets)}) AND d.state = 'PENDING'
              AND d.attempts = 0 AND d.message_id IS NULL AND d.claimed_until IS NULL
            {(db.IsSqlite ? "" : LockAll)}
            """;
        return (await db.Database.SqlQueryRaw<UntriedFailure>(sql).ToListAsync(cancellationToken)).ConvertAll(row => (row.Id, new ToldTarget(row.NotifierId, row.TargetId)));
    }

    /// <summary>
    /// Adds the deliveries of changes to notifiers, in their order, by one statement: Entity Framework would read back the id of each row.
    /// </summary>
    public static async Task AddDeliveriesAsync(
        this NotifierDb db,
        IReadOnlyList<(TargetStatusChanged Change, long NotifierId)> deliveries,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        var changes = deliveries.Select(delivery => delivery.Change).Distinct(ReferenceEqualityComparer.Instance).Cast<TargetStatusChanged>().ToList();
        var places = changes.Index().ToDictionary(change => change.Item.ChangeId, change => change.Index + 1);
        var rows = deliveries.Select(delivery => FormattableString.Invariant(
            $"({{{places[delivery.Change.ChangeId]}}}, {delivery.NotifierId}, {delivery.Change.TargetId}, 'PENDING', 0, {{0}}, {{0}})"));
#pragma warning disable EF1002 // the ids are numbers
        await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO deliveries (change_id, notifier_id, target_id, state, attempts, next_attempt_at, created_at) VALUES {string.Join(", ", rows)}",
            [now.UtcDateTime, .. changes.Select(change => (object)change.ChangeId)],
            cancellationToken);
#pragma warning restore EF1002
    }

    /// <summary>Locks a notifier until the end of the transaction.</summary>
    /// <returns>Whether there is such a notifier.</returns>
    public static async Task<bool> LockNotifierAsync(this NotifierDb db, long notifierId, CancellationToken cancellationToken)
        => db.IsSqlite
            || await db.Database.SqlQuery<long>($"SELECT id AS Value FROM notifiers WHERE id = {notifierId} FOR UPDATE").ToListAsync(cancellationToken) is [_];

    /// <summary>
    /// Deliveries of a notifier whose attempts are not all counted. They are locked, and those that others have locked are left out. So are
    /// those that cannot be read: their attempts are counted when they are mended.
    /// </summary>
    public static IQueryable<Delivery> LockUncounted(this NotifierDb db, long notifierId, int most)
    {
        var sql = $$"""
            SELECT * FROM deliveries WHERE notifier_id = {0} AND uncounted_attempts IS NOT NULL AND set_aside_at IS NULL LIMIT {1} {{(db.IsSqlite ? "" : "FOR UPDATE SKIP LOCKED")}}
            """;
        return db.Deliveries.FromSqlRaw(sql, notifierId, most);
    }

    /// <summary>The database's time. MySQL's is the same for all Notifiers; SQLite has none but this machine's.</summary>
    public static async Task<DateTimeOffset> TimeAsync(this NotifierDb db, CancellationToken cancellationToken)
    {
        var utc = await db.Database.SqlQueryRaw<DateTime>("SELECT UTC_TIMESTAMP(6) AS Value").SingleAsync(cancellationToken);
        return new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
    }

    /// <summary>Claims deliveries for a sender, and notes which message they travel in.</summary>
    /// <param name="db">The store.</param>
    /// <param name="ids">The ids of the deliveries.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="sender">The sender.</param>
    /// <param name="until">The end of the claims in SQLite.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static Task<int> ClaimAsync(
        this NotifierDb db,
        IReadOnlyCollection<long> ids,
        Guid messageId,
        string sender,
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
#pragma warning disable EF1002 // the ids are numbers
        return db.Database.ExecuteSqlRawAsync(
            $"UPDATE deliveries SET claimed_until = {(db.IsSqlite ? "{0}" : ALeaseFromNow)}, claimed_by = {{1}}, message_id = {{2}} WHERE id IN ({string.Join(',', ids)})",
            [until.UtcDateTime, sender, messageId],
            cancellationToken);
#pragma warning restore EF1002
    }

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
        WHERE d.notifier_id = {0} AND d.state = 'PENDING' AND d.next_attempt_at <= {1} AND {{IsFree(db, "{2}")}}
          AND EXISTS (SELECT 1 FROM announcements AS a WHERE a.change_id = d.change_id)
          AND CASE WHEN d.message_id IS NULL OR d.message_id = d.change_id THEN {{IsFirstOfItsTarget(db)}}
            ELSE NOT EXISTS (
              SELECT 1 FROM deliveries AS m {{ByMessage(db)}}
              WHERE m.message_id = d.message_id AND m.notifier_id = d.notifier_id AND m.state = 'PENDING' AND m.id < d.id) END
        ORDER BY d.next_attempt_at, d.id
        LIMIT 1 {{(db.IsSqlite ? "" : Lock)}}
        """;

    // What has been tried once, or claimed by a sender that was killed since, may have been accepted: it is sent again as it was.
    private static string Fresh(NotifierDb db, string columns) => $$"""
        SELECT {{columns}} FROM deliveries AS d {{(db.IsSqlite ? "" : InTheirOrder)}}
        WHERE d.notifier_id = {0} AND d.state = 'PENDING' AND d.next_attempt_at <= {1}
          AND d.message_id IS NULL AND d.attempts = 0 AND d.claimed_until IS NULL AND d.set_aside_at IS NULL AND d.remaining_addresses IS NULL
          AND EXISTS (SELECT 1 FROM announcements AS a WHERE a.change_id = d.change_id AND a.from_status <> '{{Announcement.OfNotices}}')
          AND {{IsFirstOfItsTarget(db)}}
        """;

    // By the statistics of a table that has just been filled, MySQL would look at all deliveries that wait, anew for each of them.
    private static string IsFirstOfItsTarget(NotifierDb db) => $"""
        NOT EXISTS (
            SELECT 1 FROM deliveries AS e {ByTarget(db)}
            WHERE e.notifier_id = d.notifier_id AND e.target_id = d.target_id AND e.state = 'PENDING' AND e.remaining_addresses IS NULL
              AND e.set_aside_at IS NULL AND e.id < d.id)
        """;

    private static string ByTarget(NotifierDb db) => db.IsSqlite ? "" : "FORCE INDEX (IX_deliveries_notifier_id_target_id_state)";

    private static string InOrder(NotifierDb db, string select) => $"{select} ORDER BY d.next_attempt_at, d.id LIMIT {{2}} {(db.IsSqlite ? "" : Lock)}";

    private static string OfDigest(NotifierDb db, string columns) => $$"""
        SELECT {{columns}} FROM deliveries AS d {{ByMessage(db)}}
        WHERE d.notifier_id = {0} AND d.message_id = {1} AND d.state = 'PENDING' AND {{IsFree(db, "{2}")}}
        {{(db.IsSqlite ? "" : LockAll)}}
        """;

    // Without this, SQLite would look at all deliveries of the notifier that wait.
    private static string ByMessage(NotifierDb db) => db.IsSqlite ? "INDEXED BY IX_deliveries_message_id" : "FORCE INDEX (IX_deliveries_message_id)";

    private static string IsFree(NotifierDb db, string ended)
        => $"(d.claimed_until IS NULL OR d.claimed_until <= {ended}{(db.IsSqlite ? "" : " AND d.claimed_until <= UTC_TIMESTAMP(6)")})";
}

/// <summary>How many deliveries are due to a notifier.</summary>
/// <param name="NotifierId">The notifier.</param>
/// <param name="Due">How many.</param>
internal sealed record DueCount(long NotifierId, int Due)
{
    /// <summary>The text of its hours.</summary>
    public string? Hours { get; init; }
}

/// <summary>A failure that a notifier has not been told of yet.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="NotifierId">The notifier.</param>
/// <param name="TargetId">The target.</param>
internal sealed record UntriedFailure(long Id, long NotifierId, long TargetId);

/// <summary>What a notifier's row says of whom it is told of and when.</summary>
/// <param name="Id">The notifier.</param>
/// <param name="MatchText">The text of its match.</param>
/// <param name="Hours">The text of its hours.</param>
internal sealed record StoredReceiver(long Id, string? MatchText, string? Hours);
