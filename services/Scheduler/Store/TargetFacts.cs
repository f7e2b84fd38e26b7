using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>What a filter asks of a target, as the store has it.</summary>
internal static class TargetFacts
{
    // A text is null only where a hand has made the tables anew without NOT NULL.
    public static FilterFacts Of(Target target, string? group, IEnumerable<TargetLabel> labels) => new()
    {
        Id = target.Id,
        Name = target.Name ?? "",
        Url = target.Url ?? "",
        Description = target.Description ?? "",
        Method = target.Method ?? "",
        Authn = target.Authn ?? "",
        Status = TargetStatusConverter.Write(target.Status),
        Reason = target.Reason ?? "",
        Enabled = target.Enabled,
        Group = group ?? "",
        Frequency = target.Frequency,
        Labels = labels.ToDictionary(label => label.Name, label => label.Value),
    };
}
