using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Raises notices. A notice is a row before it is announced. The row is written in the same transaction as the event that it reports. The
/// caller makes sure that an event raises one notice only.
/// </summary>
internal static class Notices
{
    /// <summary>
    /// Adds a notice, which the next SaveChanges writes. To have it announced at once rather than within seconds, the caller wakes the
    /// <see cref="NoticeRelay"/> after the commit.
    /// </summary>
    /// <param name="db">The store.</param>
    /// <param name="target">Id and name of the target that the notice is about; null: the notice is about Skypunch itself.</param>
    /// <param name="kind">A stable code of at most 16 characters.</param>
    /// <param name="subject">What has happened, in a few words on one line.</param>
    /// <param name="text">What has happened, what that means and what can be done, in sentences; each line is a paragraph.</param>
    /// <param name="at">When the event happened.</param>
    public static void Raise(this SchedulerDb db, (long Id, string Name)? target, string kind, string subject, string text, DateTimeOffset at)
        => db.Notices.Add(NoticeRow.Of(new Notice
        {
            NoticeId = Guid.CreateVersion7(at),
            TargetId = target?.Id,
            About = target?.Name ?? Notice.Skypunch,
            Kind = kind,
            Subject = subject,
            Text = text,
            At = at,
        }));
}
