using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;

namespace Skypunch.Cli.Targets;

/// <summary>What a filter asks of a target, as the API shows the target.</summary>
internal static class TargetFacts
{
    public static FilterFacts Of(Target target) => new()
    {
        Id = target.Id,
        Name = target.Name,
        Url = target.Url,
        Description = target.Description,
        Method = target.Method,
        Authn = EnumWords.Of(target.Authn),
        Status = EnumWords.Of(target.State?.Status ?? TargetStatus.Unspecified),
        Reason = target.State?.Reason ?? "",
        Enabled = target.IsEnabled(),
        Group = target.Group,
        Frequency = target.Frequency?.Seconds ?? 0,
        Labels = target.Labels,
    };
}
