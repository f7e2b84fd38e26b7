using System.Collections.Frozen;
using Skypunch.Contracts;
using Skypunch.Contracts.Filters;

namespace Skypunch.Notifier.Model;

/// <summary>What a match may ask of a change: the target as it was at the change. Pure.</summary>
internal static class ChangeFacts
{
    /// <summary>The facts. A recovery has the reason of the failure that it ends, so that both are selected by the same words.</summary>
    public static FilterFacts Of(TargetStatusChanged change) => new()
    {
        Id = change.TargetId,
        Name = change.Name,
        Url = change.Path ?? change.Url,
        Description = change.TargetDescription ?? "",
        Method = change.Method,
        Authn = change.Authn,
        Status = change.To,
        Reason = change.FailureReason ?? change.Reason,
        Group = change.Group ?? "",
        Frequency = change.Frequency.Ticks / TimeSpan.TicksPerSecond,
        Labels = change.Labels ?? FrozenDictionary<string, string>.Empty,
    };
}
