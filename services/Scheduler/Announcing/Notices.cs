using Skypunch.Contracts;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>How a notice is raised: it is a row before anybody hears of it, written in the transaction of what it tells of. That it is raised once is its caller's care.</summary>
internal static class Notices
{
    /// <summary>Raises a notice with the next SaveChanges. A wake of the <see cref="NoticeRelay"/> after the commit has it told at once, instead of within seconds.</summary>
    /// <param name="db">The store.</param>
    /// <param name="target">The target that it is about, by id and name; null: it is about Skypunch itself.</param>
    /// <param name="kind">A stable code of at most 16 characters.</param>
    /// <param name="subject">What has happened, in a few words on one line.</param>
    /// <param name="text">What has happened, what it means and what can be done, in sentences; each line is a paragraph.</param>
    /// <param name="at">When it happened.</param>
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
