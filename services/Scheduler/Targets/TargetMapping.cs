using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using ProtoStatus = Skypunch.Admin.V1.TargetStatus;

namespace Skypunch.Scheduler.Targets;

/// <summary>Between the API's target and the store's. The authentication's parameters go in only.</summary>
internal static class TargetMapping
{
    /// <summary>The fields that a caller may write.</summary>
    public static readonly IReadOnlyList<string> Writable =
    [
        "name", "url", "method", "authn", "authn_params", "pass_result", "frequency", "timeout", "enabled", "failure_threshold", "success_threshold",
    ];

    /// <summary>The request's target with the defaults in the fields that are unset.</summary>
    public static Admin.V1.Target WithDefaults(Admin.V1.Target given)
    {
        var target = given.Clone();
        target.Method = target.Method.Length == 0 ? Target.DefaultMethod : target.Method.ToUpperInvariant();
        target.Authn = target.Authn is Authn.Unspecified ? Authn.None : target.Authn;
        target.PassResult = target.PassResult.Length == 0 ? Target.DefaultPassResult : target.PassResult;
        target.Frequency ??= new Duration { Seconds = Target.DefaultFrequency };
        target.Timeout ??= new Duration { Seconds = Math.Min(Target.DefaultTimeout, Math.Max(1, target.Frequency.Seconds)) };
        target.Enabled = !target.HasEnabled || target.Enabled;
        target.FailureThreshold = target.FailureThreshold == 0 ? 1 : target.FailureThreshold;
        target.SuccessThreshold = target.SuccessThreshold == 0 ? 1 : target.SuccessThreshold;
        return target;
    }

    /// <summary>Writes the fields that the operator owns, without the authentication's parameters.</summary>
    public static void Write(Admin.V1.Target from, Target to)
    {
        to.Name = from.Name;
        to.Url = from.Url;
        to.Method = from.Method;
        to.Authn = AuthnText(from.Authn);
        to.PassResult = from.PassResult;
        to.Frequency = (int)from.Frequency.Seconds;
        to.Timeout = (int)from.Timeout.Seconds;
        to.Enabled = from.Enabled;
        to.FailureThreshold = from.FailureThreshold;
        to.SuccessThreshold = from.SuccessThreshold;
    }

    public static Admin.V1.Target ToProto(this Target target) => new()
    {
        Id = target.Id,
        Name = target.Name,
        Url = target.Url,
        Method = target.Method,
        Authn = target.Authn switch
        {
            AuthnParameters.None => Authn.None,
            AuthnParameters.Basic => Authn.Basic,
            AuthnParameters.OpenStack => Authn.Openstack,
            _ => Authn.Unspecified,
        },
        PassResult = target.PassResult,
        Frequency = new Duration { Seconds = target.Frequency },
        Timeout = new Duration { Seconds = target.Timeout },
        Enabled = target.Enabled,
        FailureThreshold = target.FailureThreshold,
        SuccessThreshold = target.SuccessThreshold,
        State = StateOf(target),
    };

    public static string AuthnText(Authn authn) => authn switch
    {
        Authn.Basic => AuthnParameters.Basic,
        Authn.Openstack => AuthnParameters.OpenStack,
        _ => AuthnParameters.None,
    };

    private static TargetState StateOf(Target target) => new()
    {
        Status = ToProto(target.Status),
        StatusDescription = target.StatusDescription,
        Reason = target.Reason,
        PreviousStatus = target.PreviousStatus is { } previous ? ToProto(previous) : ProtoStatus.Unspecified,
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
    };

    private static ProtoStatus ToProto(TargetStatus status) => status switch
    {
        TargetStatus.Pass => ProtoStatus.Pass,
        TargetStatus.Fail => ProtoStatus.Fail,
        _ => ProtoStatus.New,
    };
}
