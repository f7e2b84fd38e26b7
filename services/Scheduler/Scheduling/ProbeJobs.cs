using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Makes a target's probe job.</summary>
internal static class ProbeJobs
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a target's job may wait at each of its three stages: to be accepted by the broker, in the queue, and for a free place in a
    /// Prober.
    /// </summary>
    public static TimeSpan Wait(Target target)
        => TimeSpan.FromTicks(Math.Clamp(target.Frequency * TimeSpan.TicksPerSecond / 2, ShortestWait.Ticks, LongestWait.Ticks));

    /// <summary>The time from a job's release after which no result of it is expected any more.</summary>
    public static TimeSpan Lease(ProbeJob job) => LongestWay(job) + job.Timeout;

    /// <summary>The longest time from a job's release to the begin of its probe.</summary>
    public static TimeSpan LongestWay(ProbeJob job) => 3 * job.Patience;

    /// <summary>
    /// Makes the job. Values that are the default are left out of it. A number that was edited by hand in SQL and is out of range is
    /// brought back into the range.
    /// </summary>
    public static ProbeJob Of(Target target, DateTimeOffset slot, SecretBox secrets) => new()
    {
        TargetId = target.Id,
        Name = target.Name,
        Slot = slot,
        Url = target.Url,
        Method = target.Method,
        Authn = target.Authn,
        SealedAuthnParameters = Sealed(SecretNames.Authn, target.AuthnParms, target, slot, secrets),
        PassResult = target.PassResult,
        SealedHeaders = Sealed(SecretNames.Headers, target.Headers, target, slot, secrets),
        SealedBody = Sealed(SecretNames.Body, target.Body, target, slot, secrets),
        ContentType = NullIf(target.ContentType, ""),
        SealedTlsParameters = Sealed(SecretNames.Tls, target.TlsParms, target, slot, secrets),
        MaxRedirects = target.FollowRedirects ? Math.Clamp(target.MaxRedirects, 1, TargetLimits.MostRedirects) : 0,
        KeepsCookies = target is { KeepCookies: true, FollowRedirects: true },
        SealedProxy = Sealed(SecretNames.Proxy, target.Proxy, target, slot, secrets),
        SealedQuerySecrets = Sealed(SecretNames.QuerySecrets, target.QuerySecrets, target, slot, secrets),
        HttpVersion = NullIf(target.HttpVersion, HttpVersions.Http11),
        IpFamily = NullIf(target.IpFamily, IpFamilies.Any),
        Assertions = NullIf(target.Assertions, ""),
        Catalog = string.IsNullOrEmpty(target.ServiceType) ? null : new(target.ServiceType, NullIf(target.RegionName, ""), NullIf(target.Interface, "")),
        Timeout = TargetTimeout.Of(target),
        Patience = Wait(target),
        Revision = target.Revision,
    };

    private static string? Sealed(string column, string? stored, Target target, DateTimeOffset slot, SecretBox secrets)
        => secrets.SealForJob(TargetSecrets.PlaceOf(target.Id, column), stored, SecretPlace.InJob(column, target.Id, slot, target.Url));

    private static string? NullIf(string? text, string byDefault) => string.IsNullOrEmpty(text) || text == byDefault ? null : text;
}
