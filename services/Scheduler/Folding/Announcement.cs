using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>Makes the message about a status change. It has all that the Notifier needs, as it was at the time of the change.</summary>
internal static class Announcement
{
    public static TargetStatusChanged Of(Target target, ProbeResult result, StatusEdge edge, IncidentStep incident, Guid changeId) => new()
    {
        ChangeId = changeId,
        TargetId = target.Id,
        Name = target.Name,
        Url = TargetAddress.Of(target.Url, target.ServiceType), // may contain credentials if it was edited by hand in SQL
        Path = TargetAddress.PathOf(target.Url, target.ServiceType),
        TargetDescription = Cut(target.Description, TargetLimits.LongestDescription),
        Method = target.Method,
        Authn = target.Authn,
        PassResult = target.PassResult,
        Frequency = TimeSpan.FromSeconds(target.Frequency),
        Timeout = TargetTimeout.Stored(target),
        From = TargetStatusConverter.Write(edge.From),
        To = TargetStatusConverter.Write(edge.To),
        At = edge.At,
        Since = edge.Since,
        Reason = target.Reason,
        FailureReason = edge.To is TargetStatus.Pass ? incident.Reason : null,
        Description = target.StatusDescription,
        Advice = target.Advice,
        Counters = TargetRecord.Counters(target),
        TraceParent = result.TraceParent,
        Trace = result.Trace ?? [],
    };

    /// <summary>The message with the group and the labels of its target.</summary>
    public static TargetStatusChanged With(this TargetStatusChanged message, LabelledTarget target) => message with
    {
        Group = Cut(target.Group, LabelText.LongestGroup),
        Labels = target.Labels.Count == 0 ? null
            : target.Labels.Take(LabelText.Most).ToDictionary(label => label.Name, label => Cut(label.Value, LabelText.LongestValue) ?? ""),
    };

    // Longer only where it was edited by hand in SQL.
    private static string? Cut(string? text, int longest) => string.IsNullOrEmpty(text) ? null : text.Length > longest ? text[..longest] : text;
}
