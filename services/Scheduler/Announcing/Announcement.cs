using Skypunch.Contracts;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Writes the message about an edge: all that the Notifier will need, as it is at that moment.</summary>
internal static class Announcement
{
    public static TargetStatusChanged Of(Target target, ProbeResult result, StatusEdge edge, Guid changeId) => new()
    {
        ChangeId = changeId,
        TargetId = target.Id,
        Name = target.Name,
        Url = TargetAddress.Of(target.Url, target.ServiceType), // a hand may have written credentials into it
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
        Description = target.StatusDescription,
        Advice = target.Advice,
        Counters = TargetRecord.Counters(target),
        TraceParent = result.TraceParent,
        Trace = result.Trace ?? [],
    };
}
