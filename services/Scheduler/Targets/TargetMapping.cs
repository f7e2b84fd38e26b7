using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Secrets;
using ProtoStatus = Skypunch.Admin.V1.TargetStatus;

namespace Skypunch.Scheduler.Targets;

/// <summary>Between the API's target and the store's.</summary>
internal static class TargetMapping
{
    /// <summary>The request's target with the defaults in the fields that are unset.</summary>
    public static Admin.V1.Target WithDefaults(Admin.V1.Target given)
    {
        var target = given.Clone();
        target.Method = target.Method.Length == 0 ? Target.DefaultMethod : ProbeMethods.Of(target.Method);
        target.Authn = target.Authn is Authn.Unspecified ? Authn.None : target.Authn;
        target.PassResult = target.PassResult.Length == 0 ? Target.DefaultPassResult : target.PassResult;
        target.Frequency ??= new Duration { Seconds = Target.DefaultFrequency };
        target.Timeout ??= new Duration { Seconds = Math.Min(Target.DefaultTimeout, Math.Max(1, target.Frequency.Seconds)) };
        target.Enabled = !target.HasEnabled || target.Enabled;
        target.FailureThreshold = target.FailureThreshold == 0 ? 1 : target.FailureThreshold;
        target.SuccessThreshold = target.SuccessThreshold == 0 ? 1 : target.SuccessThreshold;
        target.MaxRedirects = target.MaxRedirects == 0 ? Target.DefaultMaxRedirects : target.MaxRedirects;
        target.HttpVersion = target.HttpVersion is HttpVersion.Unspecified ? HttpVersion._11 : target.HttpVersion;
        target.IpFamily = target.IpFamily is IpFamily.Unspecified ? IpFamily.Any : target.IpFamily;
        return target;
    }

    /// <summary>The target as the API shows it: without its secrets.</summary>
    public static Admin.V1.Target ToProto(this Target target, SecretBox secrets)
    {
        var shown = target.ToProtoWithSecrets(secrets);
        shown.Body = "";
        if (shown.Tls is { } tls)
        {
            tls.ClientKey = "";
        }

        shown.Proxy = RequestMapping.ShownProxy(shown.Proxy);
        foreach (var parameter in shown.QuerySecrets)
        {
            parameter.Value = "";
        }

        foreach (var header in shown.Headers.Where(header => HeaderText.IsSecret(header.Name)))
        {
            header.Value = "";
        }

        return shown;
    }

    /// <summary>The target with all of its request, to be checked; the authentication's parameters are not in it.</summary>
    public static Admin.V1.Target ToProtoWithSecrets(this Target target, SecretBox secrets) => new()
    {
        Id = target.Id,
        Name = target.Name,
        Url = target.Url,
        Method = target.Method,
        Authn = TargetWords.ReadAuthn(target.Authn),
        PassResult = target.PassResult,
        Frequency = new Duration { Seconds = target.Frequency },
        Timeout = Duration.FromTimeSpan(TargetTimeout.Stored(target)),
        RetryInterval = target.RetryInterval is { } seconds ? new Duration { Seconds = seconds } : null,
        Enabled = target.Enabled,
        FailureThreshold = target.FailureThreshold,
        SuccessThreshold = target.SuccessThreshold,
        Headers = { RequestMapping.ReadHeaders(secrets.OpenOrEmpty(TargetSecrets.PlaceOf(target.Id, SecretNames.Headers), target.Headers)) },
        Body = secrets.OpenOrEmpty(TargetSecrets.PlaceOf(target.Id, SecretNames.Body), target.Body),
        HasBody = !string.IsNullOrEmpty(target.Body),
        ContentType = target.ContentType ?? "",
        FollowRedirects = target.FollowRedirects,
        MaxRedirects = target.MaxRedirects,
        HttpVersion = TargetWords.ReadHttpVersion(target.HttpVersion),
        IpFamily = TargetWords.ReadIpFamily(target.IpFamily),
        Tls = RequestMapping.ReadTls(secrets.OpenOrEmpty(TargetSecrets.PlaceOf(target.Id, SecretNames.Tls), target.TlsParms)),
        Proxy = secrets.OpenOrEmpty(TargetSecrets.PlaceOf(target.Id, SecretNames.Proxy), target.Proxy),
        KeepCookies = target.KeepCookies,
        QuerySecrets = { RequestMapping.ReadQuery(secrets.OpenOrEmpty(TargetSecrets.PlaceOf(target.Id, SecretNames.QuerySecrets), target.QuerySecrets)) },
        Assertions = { RequestMapping.ReadAssertions(target.Assertions) },
        Catalog = RequestMapping.ReadCatalog(target),
        State = StateOf(target),
    };

    private static TargetState StateOf(Target target) => new()
    {
        Status = TargetWords.ToProto(target.Status),
        StatusDescription = target.StatusDescription,
        Reason = target.Reason,
        PreviousStatus = target.PreviousStatus is { } previous ? TargetWords.ToProto(previous) : ProtoStatus.Unspecified,
        LastUpdateTime = target.LastUpdated?.ToTimestamp(),
        NextProbeTime = target.Enabled ? target.NextProbeAt?.ToTimestamp() : null,
        PassCount = target.PassCount,
        FailCount = target.FailCount,
        Count200 = target.Count200,
        Count300 = target.Count300,
        Count400 = target.Count400,
        Count500 = target.Count500,
        NetworkFailCount = target.NetworkFails,
        RepeatedFailCount = target.RepeatedFails,
        MissedCount = target.MissedCount,
        Advice = target.Advice ?? "",
    };
}
