using System.Text.Json.Serialization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Output;
using Skypunch.Cli.Targets;

namespace Skypunch.Cli.Incidents;

/// <summary>An incident for programs: as in a list, with its changes and who was told.</summary>
internal sealed record IncidentJson(
    long Id,
    long TargetId,
    string TargetName,
    DateTime? BeginTime,
    DateTime? DetectTime,
    DateTime? EndTime,
    decimal DurationSeconds,
    string? Reason,
    string? LastReason,
    string? Description,
    IncidentChangeJson? OpenedBy,
    IncidentChangeJson? ClosedBy,
    IReadOnlyList<DeliveryJson> Deliveries)
{
    public static IncidentJson Of(GetIncidentResponse answer, Target target, IEnumerable<Delivery> deliveries) => new(
        answer.Incident.Id,
        answer.Incident.TargetId,
        answer.Incident.TargetName,
        Times.Utc(answer.Incident.BeginTime),
        Times.Utc(answer.Incident.DetectTime),
        Times.Utc(answer.Incident.EndTime),
        Times.Seconds(answer.Incident.Duration),
        JsonShape.NullIfEmpty(answer.Incident.Reason),
        JsonShape.NullIfEmpty(answer.Incident.LastReason),
        JsonShape.NullIfEmpty(answer.Incident.Description),
        IncidentChangeJson.Of(answer.OpenedBy, target),
        IncidentChangeJson.Of(answer.ClosedBy, target),
        [.. deliveries.Select(DeliveryJson.Of)]);
}

/// <summary>A change of an incident's target, with the probe that made it.</summary>
internal sealed record IncidentChangeJson(
    string ChangeId,
    string From,
    string To,
    DateTime? AnnounceTime,
    ProbeReportJson? Report,
    string? Decision,
    string? Maintenance)
{
    public static IncidentChangeJson? Of(IncidentChange? change, Target target) => change is null ? null : new(
        change.ChangeId,
        EnumWords.Of(change.From),
        EnumWords.Of(change.To),
        Times.Utc(change.AnnounceTime),
        change.Report is null ? null : ProbeReportJson.Of(target, change.Report),
        JsonShape.NullIfEmpty(EnumWords.Of(change.Decision)),
        JsonShape.NullIfEmpty(change.Maintenance));
}

/// <summary>What <c>incidents</c> prints of one for programs.</summary>
[JsonSerializable(typeof(IncidentJson))]
internal sealed partial class IncidentShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static IncidentShapes Json { get; } = new(JsonShape.NewOptions());
}
