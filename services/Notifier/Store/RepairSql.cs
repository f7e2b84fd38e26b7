using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Deliveries;

namespace Skypunch.Notifier.Store;

/// <summary>Puts right what waits for an instant further ahead than it can be. A text in SQLite that is no instant counts as such.</summary>
internal static class RepairSql
{
    // A delivery that is set aside is looked at again within this time; clocks of Notifiers of a release before may differ by it.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    // Longer than a transaction that stores a change waits for anything.
    private static readonly TimeSpan LongestStoring = TimeSpan.FromMinutes(10);

    /// <summary>Makes due what waits for its next attempt for longer than its attempts allow.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> PutAttemptsRightAsync(this NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new List<object> { now.UtcDateTime, (now + Slack).UtcDateTime };
        var cases = Enumerable.Range(1, RetrySchedule.Steps).Select(failures =>
        {
            parameters.Add((now + RetrySchedule.PauseAfter(failures) + Slack).UtcDateTime);
            return string.Create(CultureInfo.InvariantCulture, $"{(failures < RetrySchedule.Steps ? $"WHEN {failures} THEN" : "ELSE")} {{{parameters.Count - 1}}}");
        });
        var sql = $"""
            UPDATE deliveries SET next_attempt_at = {"{0}"}
            WHERE state = 'PENDING' AND next_attempt_at > {"{1}"} AND next_attempt_at > CASE attempts WHEN 0 THEN {"{1}"} {string.Join(' ', cases)} END
            """;
        return db.Database.ExecuteSqlRawAsync(sql, parameters, cancellationToken);
    }

    /// <summary>Ends claims that last for longer than they can.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> PutClaimsRightAsync(
        this NotifierDb db,
        DateTimeOffset now,
        TimeSpan leaseOfTheReleaseBefore,
        CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(
            """
            UPDATE deliveries SET claimed_until = NULL, claimed_by = NULL
            WHERE state = 'PENDING' AND claimed_until > {0} AND (claimed_by IS NOT NULL OR claimed_until > {1})
            """,
            [(now + Lease.Length + Slack).UtcDateTime, (now + leaseOfTheReleaseBefore + Slack).UtcDateTime],
            cancellationToken);

    /// <summary>
    /// Gives up deliveries of changes that are no longer stored, which only a hand can bring about. Those that are just being stored are not looked at: MySQL waits
    /// for their rows, and then does not see the change, which was committed after the statement began.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static Task<int> GiveUpOrphansAsync(this NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(
            """
            UPDATE deliveries SET state = 'FAILED', last_error = 'the change that it tells of is no longer stored'
            WHERE state = 'PENDING' AND created_at < {0} AND NOT EXISTS (SELECT 1 FROM announcements AS a WHERE a.change_id = deliveries.change_id)
            """,
            [(now - LongestStoring).UtcDateTime],
            cancellationToken);
}
