using System.Linq.Expressions;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// What is read of a row by those who read thousands a second: each column costs a probe as much as a step of its own. All others stand as by default in what is
/// read so; a column that is missing here is noticed by <c>TargetColumnsTests</c>.
/// </summary>
internal static class TargetColumns
{
    /// <summary>All that the admin API shows: every column, but no text that is too long for a message.</summary>
    public static readonly Expression<Func<Target, Target>> OfApi = All();

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
        Headers = t.Headers!.Length > Target.LongestText ? Target.TooLong : t.Headers,
        Body = t.Body!.Length > Target.LongestText ? Target.TooLong : t.Body,
        ContentType = t.ContentType,
        FollowRedirects = t.FollowRedirects,
        MaxRedirects = t.MaxRedirects,
        HttpVersion = t.HttpVersion,
        IpFamily = t.IpFamily,
        TlsParms = t.TlsParms!.Length > Target.LongestText ? Target.TooLong : t.TlsParms,
        Proxy = t.Proxy,
        QuerySecrets = t.QuerySecrets,
        KeepCookies = t.KeepCookies,
        Assertions = t.Assertions!.Length > Target.LongestText ? Target.TooLong : t.Assertions,
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

    private static Expression<Func<Target, Target>> All()
    {
        var row = Expression.Parameter(typeof(Target), "t");
        var columns = typeof(Target).GetProperties().Select(column => Expression.Bind(column, OrTooLong(Expression.Property(row, column))));
        return Expression.Lambda<Func<Target, Target>>(Expression.MemberInit(Expression.New(typeof(Target)), columns), row);
    }

    private static Expression OrTooLong(MemberExpression column) => column.Type != typeof(string) ? column : Expression.Condition(
        Expression.GreaterThan(Expression.Property(column, nameof(string.Length)), Expression.Constant(Target.LongestText)),
        Expression.Constant(Target.TooLong),
        column);
}
