using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>The traces of a batch that are stored: for each target that of its last failure and that of its last status change.</summary>
internal sealed class LastTraces(string prober)
{
    private readonly Dictionary<(long TargetId, string Kind), TracedProbe> _last = [];

    /// <summary>Adds a result of the batch. The results of a target must be added in the order of their slots.</summary>
    public void Add(ProbeResult result, Recorded recorded)
    {
        if (recorded is { IsJudged: true, IsRepetition: false } && !result.Passed)
        {
            _last[(result.TargetId, TargetTrace.Failure)] = new TracedProbe(prober, result);
        }

        if (recorded.Edge is { } edge)
        {
            _last[(result.TargetId, TargetTrace.Change)] =
                new TracedProbe(prober, result, TargetStatusConverter.Write(edge.From), TargetStatusConverter.Write(edge.To));
        }
    }

    /// <summary>The rows, in the order in which every fold writes them.</summary>
    public IReadOnlyList<TargetTrace> ToRows() =>
    [
        .. _last.OrderBy(last => last.Key).Select(last => new TargetTrace
        {
            TargetId = last.Key.TargetId,
            Kind = last.Key.Kind,
            At = last.Value.Result.StartedAt,
            Payload = JsonSerializer.Serialize(last.Value),
        }),
    ];
}
