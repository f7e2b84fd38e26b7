using System.ComponentModel.DataAnnotations;
using Skypunch.Contracts.Texts;

namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>target_labels</c>: a label of a target. Decision 34 says why labels have a table of their own.</summary>
internal sealed class TargetLabel
{
    public long TargetId { get; init; }

    /// <summary>The key, as <see cref="LabelText.FaultOfKey"/> wants it.</summary>
    [MaxLength(LabelText.LongestKey)]
    public required string Name { get; init; }

    [MaxLength(LabelText.LongestValue)]
    public required string Value { get; set; }
}
