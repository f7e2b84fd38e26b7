using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>
/// Repairs deliveries that wait for an instant too far in the future. In SQLite, a text that is no instant counts as too far in the future.
/// </summary>
internal static class RepairSql
{
    // A delivery that is set aside is looked at again within this time; the clocks of Notifiers of an earlier release may differ by as
    // much.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    // Longer than a transaction that stores a change waits for anything.
    private static readonly TimeSpan LongestStoring = TimeSpan.FromMinutes(10);

    /// <summary>Makes deliveries due that wait for longer than the schedule allows after their number of attempts.</summary>
    /// <param name="db">The store.</param>
    /// <param name="now">Now.</param>
    /// <param name="asked">The longest pause that a receiver may have asked for; zero: no pause may be longer than the schedule's.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>How many deliveries were changed.</returns>
    public static Task<int> PutAttemptsRightAsync(this NotifierDb db, DateTimeOffset now, TimeSpan asked, CancellationToken cancellationToken)
    {
        var parameters = new List<object> { now.UtcDateTime, (now + Slack).UtcDateTime };
        var cases = Enumerable.Range(1, RetrySchedule.Steps).Select(failures =>
        {
            var pause = RetrySchedule.PauseAfter(failures);
            parameters.Add((now + (pause > asked ? pause : asked) + Slack).UtcDateTime);
            return string.Create(CultureInfo.InvariantCulture, $"{(failures < RetrySchedule.Steps ? $"WHEN {failures} THEN" : "ELSE")} {{{parameters.Count - 1}}}");
        });
        var sql = $"""
            UPDATE deliveries SET next_attempt_at = {"{0}"}
            WHERE state = 'PENDING' AND next_attempt_at > {"{1}"} AND next_attempt_at > CASE attempts WHEN 0 THEN {"{1}"} {string.Join(' ', cases)} END
            """;
        return db.Database.ExecuteSqlRawAsync(sql, parameters, cancellationToken);
    }

    /// <summary>Ends claims that last for longer than a claim can.</summary>
    /// <returns>How many deliveries were changed.</returns>
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
    /// Gives up deliveries whose change is no longer stored, which happens only when rows are deleted by hand in SQL. Recent deliveries are
    /// left out: MySQL waits for the rows of a transaction that is storing a change, and then does not see the change, which was committed
    /// after the statement began.
    /// </summary>
    /// <returns>How many deliveries were changed.</returns>
    public static Task<int> GiveUpOrphansAsync(this NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(
            """
            UPDATE deliveries SET state = 'FAILED', last_error = 'the change that it tells of is no longer stored'
            WHERE state = 'PENDING' AND created_at < {0} AND NOT EXISTS (SELECT 1 FROM announcements AS a WHERE a.change_id = deliveries.change_id)
            """,
            [(now - LongestStoring).UtcDateTime],
            cancellationToken);
}
