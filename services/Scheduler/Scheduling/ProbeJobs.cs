using Skypunch.Contracts;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Makes a target's probe job.</summary>
internal static class ProbeJobs
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>How long a target's job may wait at each of its three stations: for the broker to take it, in its queue, and for its turn in a Prober.</summary>
    public static TimeSpan Wait(Target target)
        => TimeSpan.FromTicks(Math.Clamp(target.Frequency * TimeSpan.TicksPerSecond / 2, ShortestWait.Ticks, LongestWait.Ticks));

    /// <summary>After this time from its release nobody answers for a job any more.</summary>
    public static TimeSpan Lease(ProbeJob job) => LongestWay(job) + job.Timeout;

    /// <summary>How long a job may be on its way until its probe begins.</summary>
    public static TimeSpan LongestWay(ProbeJob job) => 3 * job.Patience;

    /// <summary>
    /// The job. What stands in its row as by default does not travel; a number that a hand has written out of range is brought into it.
    /// </summary>
    public static ProbeJob Of(Target target, DateTimeOffset slot, SecretBox secrets) => new()
    {
        TargetId = target.Id,
        Name = target.Name,
        Slot = slot,
        Url = target.Url,
        Method = target.Method,
        Authn = target.Authn,
        SealedAuthnParameters = Travelling(SecretNames.Authn, target.AuthnParms, target, slot, secrets),
        PassResult = target.PassResult,
        SealedHeaders = Travelling(SecretNames.Headers, target.Headers, target, slot, secrets),
        SealedBody = Travelling(SecretNames.Body, target.Body, target, slot, secrets),
        ContentType = NullIf(target.ContentType, ""),
        SealedTlsParameters = Travelling(SecretNames.Tls, target.TlsParms, target, slot, secrets),
        MaxRedirects = target.FollowRedirects ? Math.Clamp(target.MaxRedirects, 1, RequestRules.MostRedirects) : 0,
        KeepsCookies = target is { KeepCookies: true, FollowRedirects: true },
        SealedProxy = Travelling(SecretNames.Proxy, target.Proxy, target, slot, secrets),
        SealedQuerySecrets = Travelling(SecretNames.QuerySecrets, target.QuerySecrets, target, slot, secrets),
        HttpVersion = NullIf(target.HttpVersion, HttpVersions.Http11),
        IpFamily = NullIf(target.IpFamily, IpFamilies.Any),
        Assertions = NullIf(target.Assertions, ""),
        Catalog = string.IsNullOrEmpty(target.ServiceType) ? null : new(target.ServiceType, NullIf(target.RegionName, ""), NullIf(target.Interface, "")),
        Timeout = TargetTimeout.Of(target),
        Patience = Wait(target),
        Revision = target.Revision,
    };

    private static string? Travelling(string column, string? stored, Target target, DateTimeOffset slot, SecretBox secrets)
        => secrets.Travelling(TargetSecrets.PlaceOf(target.Id, column), stored, SecretPlace.InJob(column, target.Id, slot, target.Url));

    private static string? NullIf(string? text, string byDefault) => string.IsNullOrEmpty(text) || text == byDefault ? null : text;
}
