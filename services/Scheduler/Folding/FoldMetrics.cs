using System.Diagnostics.Metrics;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Folding;

/// <summary>A Scheduler's metrics of the results that it records.</summary>
internal sealed class FoldMetrics
{
    private readonly Counter<long> _folded;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _asked;
    private readonly Counter<long> _contradicted;

    public FoldMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _folded = meter.CreateCounter<long>("skypunch_results_folded", description: "Results of probes recorded.");
        _changes = meter.CreateCounter<long>("skypunch_status_changes", description: "Changes of targets' statuses, by the status after.");
        _asked = meter.CreateCounter<long>("skypunch_failures_withheld", description: "Failures that make no change until another Prober has looked.");
        _contradicted = meter.CreateCounter<long>("skypunch_failures_contradicted", description: "Failures that another Prober did not see, by the Prober that did.");
    }

    /// <summary>Counts the results of a batch that is recorded.</summary>
    public void Folded(int results) => _folded.Add(results);

    /// <summary>Counts failures that are withheld until another Prober has probed the target.</summary>
    public void AskedAnother(int failures)
    {
        if (failures > 0)
        {
            _asked.Add(failures);
        }
    }

    /// <summary>Counts a failure that another Prober did not see.</summary>
    /// <param name="prober">The Prober that saw the failure.</param>
    public void Contradicted(string prober) => _contradicted.Add(1, KeyValuePair.Create<string, object?>("prober", prober));

    /// <summary>Counts a status change.</summary>
    /// <param name="to">The status after it: PASS or FAIL.</param>
    public void Changed(string to) => _changes.Add(1, KeyValuePair.Create<string, object?>("to", to.ToLowerInvariant()));
}
