using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Books one target of a claim: its slot, the next one, and the job. Pure.</summary>
internal static class TargetBooking
{
    // The width of the column. A longer text that was edited by hand in SQL stays plain: it must not stop the claim of other targets.
    private const int LargestSealedAuthn = 8192;

    /// <summary>Whether the target was never probed and has no next slot yet.</summary>
    public static bool IsNew(Target target) => target is { NextProbeAt: null, LastSlotAt: null };

    /// <summary>Books a target.</summary>
    /// <param name="target">The target, whose row is locked.</param>
    /// <param name="now">The instant of the claim.</param>
    /// <param name="isLater">Whether the target's first probe is put off, since it is one of many new targets.</param>
    /// <param name="secrets">Seals the secrets for the job, and the secrets of the row that are not sealed for their place.</param>
    /// <param name="jobs">The job is added to it, where a slot is due.</param>
    /// <returns>What is to be written into the row.</returns>
    public static BookedRow Book(Target target, DateTimeOffset now, bool isLater, SecretBox secrets, List<ClaimedJob> jobs)
    {
        var frequency = TimeSpan.FromSeconds(Math.Max(1, target.Frequency));
        var booking = isLater
            ? Slots.BookLater(target.Id, frequency, now)
            : Slots.Book(target.Id, frequency, NextOf(target) ?? AtOnce(target, now), now);
        var job = ProbeJobs.Of(target, booking.Slot ?? booking.Next, secrets) with
        {
            TraceOnPass = target.Status is not TargetStatus.Pass, // a pass may then be a status change
            IsFailing = target.Status is TargetStatus.Fail,
            IsFailingByNetwork = target.Status is TargetStatus.Fail && ProbeReasons.IsOfNetwork(target.Reason),
        };
        DateTimeOffset? until = null;
        if (booking.Slot is not null)
        {
            jobs.Add(new ClaimedJob(
                job with { StartBy = booking.ReleaseAt + ProbeJobs.LongestWay(job) },
                booking.ReleaseAt,
                job.Patience,
                IsRetry: target is { RepeatedFails: > 0, Status: not TargetStatus.Fail }));
            until = booking.ReleaseAt + ProbeJobs.Lease(job);
        }

        // A row is claimed only after its lease has ended. So a slot that is still in flight here is missed, and a late result of it no
        // longer counts.
        var missed = booking.Missed + (target.InFlightSlotAt is null ? 0 : 1);
        return new BookedRow(target.Id, booking.Next, booking.Slot, until, target.InFlightSlotAt, missed)
        {
            SealedAuthn = ToBeWritten(SecretNames.Authn, target.AuthnParms) is { Length: <= LargestSealedAuthn } fits ? fits : null,
            SealedHeaders = ToBeWritten(SecretNames.Headers, target.Headers),
            SealedBody = ToBeWritten(SecretNames.Body, target.Body),
            SealedTls = ToBeWritten(SecretNames.Tls, target.TlsParms),
            SealedProxy = ToBeWritten(SecretNames.Proxy, target.Proxy),
            SealedQuery = ToBeWritten(SecretNames.QuerySecrets, target.QuerySecrets),
        };

        string? ToBeWritten(string column, string? stored) => secrets.SealIfNeeded(TargetSecrets.PlaceOf(target.Id, column), stored);
    }

    // An instant that was edited by hand in SQL and cannot be read reads as 1970. It must neither stop the claim nor count as a million
    // missed slots.
    private static DateTimeOffset? NextOf(Target target) => target.NextProbeAt > DateTimeOffset.UnixEpoch ? target.NextProbeAt : null;

    // A slot must lie after the last recorded one, which a Scheduler whose clock is ahead may have booked.
    private static DateTimeOffset? AtOnce(Target target, DateTimeOffset now)
        => target.LastSlotAt is { } last && last >= now && last < now + Slots.ClockDifference ? last + TimeSpan.FromMilliseconds(1) : null;
}
