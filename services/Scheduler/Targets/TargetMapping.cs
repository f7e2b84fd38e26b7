using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.Secrets;
using ProtoStatus = Skypunch.Admin.V1.TargetStatus;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>Between the API's target and the store's, field by field (<see cref="TargetFields"/>).</summary>
internal static class TargetMapping
{
    /// <summary>The request's target with the defaults in the fields that are unset.</summary>
    public static Admin.V1.Target WithDefaults(Admin.V1.Target given)
    {
        var target = given.Clone();
        foreach (var field in TargetFields.All)
        {
            field.Default?.Invoke(target);
        }

        return target;
    }

    /// <summary>The target as the API shows it: without its secrets.</summary>
    /// <param name="target">The target.</param>
    /// <param name="secrets">Opens what is sealed.</param>
    /// <param name="withResults">Whether the last results are shown, which are longer than all else.</param>
    public static Admin.V1.Target ToProto(this Target target, SecretBox secrets, bool withResults = false)
    {
        var shown = target.ToProtoWithSecrets(secrets);
        if (withResults)
        {
            shown.State.RecentResults.AddRange(RecentResults.Of(target));
        }

        foreach (var field in TargetFields.All)
        {
            field.Hide?.Invoke(shown);
        }

        return shown;
    }

    /// <summary>The target with all of its request, to be checked; the authentication's parameters are not in it.</summary>
    public static Admin.V1.Target ToProtoWithSecrets(this Target target, SecretBox secrets)
    {
        var whole = new Admin.V1.Target { Id = target.Id, HasBody = !string.IsNullOrEmpty(target.Body), State = StateOf(target) };
        foreach (var field in TargetFields.All)
        {
            field.Read(target, whole, secrets);
        }

        return whole;
    }

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
