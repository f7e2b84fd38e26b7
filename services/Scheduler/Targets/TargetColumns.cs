using System.Linq.Expressions;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// What is read of a row by those who read thousands a second: each column costs a probe as much as a step of its own. All others stand as by default in what is
/// read so; a column that is missing here is noticed by <c>TargetColumnsTests</c>.
/// </summary>
internal static class TargetColumns
{
    /// <summary>What makes a job and books its slot.</summary>
    public static readonly Expression<Func<Target, Target>> OfClaim = t => new Target
    {
        Id = t.Id,
        Name = t.Name,
        Url = t.Url,
        Method = t.Method,
        Authn = t.Authn,
        AuthnParms = t.AuthnParms,
        PassResult = t.PassResult,
        Headers = t.Headers,
        Body = t.Body,
        ContentType = t.ContentType,
        FollowRedirects = t.FollowRedirects,
        MaxRedirects = t.MaxRedirects,
        HttpVersion = t.HttpVersion,
        IpFamily = t.IpFamily,
        TlsParms = t.TlsParms,
        Assertions = t.Assertions,
        ServiceType = t.ServiceType,
        RegionName = t.RegionName,
        Interface = t.Interface,
        Frequency = t.Frequency,
        Timeout = t.Timeout,
        TimeoutMs = t.TimeoutMs,
        Revision = t.Revision,
        Status = t.Status,
        RepeatedFails = t.RepeatedFails,
        LastSlotAt = t.LastSlotAt,
        NextProbeAt = t.NextProbeAt,
        InFlightSlotAt = t.InFlightSlotAt,
    };

    /// <summary>What a result changes, by what it is judged, and what is told of a change.</summary>
    public static readonly Expression<Func<Target, Target>> OfFold = t => new Target
    {
        Id = t.Id,
        Name = t.Name,
        Url = t.Url,
        Method = t.Method,
        Authn = t.Authn,
        PassResult = t.PassResult,
        ServiceType = t.ServiceType,
        Frequency = t.Frequency,
        Timeout = t.Timeout,
        TimeoutMs = t.TimeoutMs,
        RetryInterval = t.RetryInterval,
        Enabled = t.Enabled,
        FailureThreshold = t.FailureThreshold,
        SuccessThreshold = t.SuccessThreshold,
        Revision = t.Revision,
        Status = t.Status,
        PreviousStatus = t.PreviousStatus,
        StatusDescription = t.StatusDescription,
        Reason = t.Reason,
        Advice = t.Advice,
        StatusSince = t.StatusSince,
        LastUpdated = t.LastUpdated,
        PassCount = t.PassCount,
        FailCount = t.FailCount,
        Count200 = t.Count200,
        Count300 = t.Count300,
        Count400 = t.Count400,
        Count500 = t.Count500,
        NetworkFails = t.NetworkFails,
        RepeatedFails = t.RepeatedFails,
        RepeatedPasses = t.RepeatedPasses,
        LastProbe = t.LastProbe,
        LastSlotAt = t.LastSlotAt,
        NextProbeAt = t.NextProbeAt,
        InFlightSlotAt = t.InFlightSlotAt,
        InFlightUntil = t.InFlightUntil,
        RepeatedNotProbed = t.RepeatedNotProbed,
    };
}
