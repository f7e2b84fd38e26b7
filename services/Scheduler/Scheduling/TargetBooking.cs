using Skypunch.Contracts;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Books one target of a claim: its slot, the next one, and the job. Pure.</summary>
internal static class TargetBooking
{
    // What its column holds. A longer one that a hand has written stays plain: it must not keep the others from being claimed.
    private const int LargestSealedAuthn = 8192;

    /// <summary>Whether the target was never probed and is not waiting for a slot.</summary>
    public static bool IsNew(Target target) => target is { NextProbeAt: null, LastSlotAt: null };

    /// <summary>Books a target.</summary>
    /// <param name="target">The target, whose row is locked.</param>
    /// <param name="now">The instant of the claim.</param>
    /// <param name="isLater">Whether a new target begins later, as it is one of a crowd.</param>
    /// <param name="secrets">Seals what goes along with the job, and what stands in the row and is not sealed for its place.</param>
    /// <param name="jobs">Gets the job, where a slot is due.</param>
    /// <returns>What is to be written into the row.</returns>
    public static BookedRow Book(Target target, DateTimeOffset now, bool isLater, SecretBox secrets, List<ClaimedJob> jobs)
    {
        var frequency = TimeSpan.FromSeconds(Math.Max(1, target.Frequency));
        var booking = isLater
            ? Slots.BookLater(target.Id, frequency, now)
            : Slots.Book(target.Id, frequency, NextOf(target) ?? AtOnce(target, now), now);
        var job = ProbeJobs.Of(target, booking.Slot ?? booking.Next, secrets) with
        {
            TraceOnPass = target.Status is not TargetStatus.Pass, // it may be an edge
            IsFailing = target.Status is TargetStatus.Fail,
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

        // A slot that is still in flight here has outlived its lease: nobody will answer for it, and a late answer counts no more.
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

    // One that a hand has written so that it cannot be read reads as 1970: it must not stop the claim, nor count as a million missed slots.
    private static DateTimeOffset? NextOf(Target target) => target.NextProbeAt > DateTimeOffset.UnixEpoch ? target.NextProbeAt : null;

    // A new slot must lie after the last one, which a Scheduler with another clock may have booked.
    private static DateTimeOffset? AtOnce(Target target, DateTimeOffset now)
        => target.LastSlotAt is { } last && last >= now && last < now + Slots.ClockDifference ? last + TimeSpan.FromMilliseconds(1) : null;
}
