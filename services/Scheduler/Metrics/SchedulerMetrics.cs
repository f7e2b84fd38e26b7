using System.Diagnostics.Metrics;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Metrics;

/// <summary>What a Scheduler measures of itself. What it knows of each target is at <see cref="TargetMetricsPage"/>.</summary>
internal sealed class SchedulerMetrics
{
    private readonly Histogram<double> _late;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _published;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _folded;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _asked;
    private readonly Counter<long> _contradicted;

    public SchedulerMetrics(IMeterFactory meters, ReleaseQueue queue, BadRows badRows)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _late = meter.CreateHistogram(
            "skypunch_schedule_late",
            unit: "s",
            description: "From the slot of a probe to the moment at which its job is given to the bus.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SkypunchTelemetry.TimeBuckets });
        _missed = meter.CreateCounter<long>("skypunch_slots_missed", description: "Slots that nobody ran, or nobody answered for.");
        _published = meter.CreateCounter<long>("skypunch_jobs_published", description: "Probe jobs given to the bus.");
        _lost = meter.CreateCounter<long>("skypunch_jobs_not_published", description: "Probe jobs that the bus did not take in time.");
        _folded = meter.CreateCounter<long>("skypunch_results_folded", description: "Results of probes recorded.");
        _changes = meter.CreateCounter<long>("skypunch_status_changes", description: "Changes of targets' statuses, by the status after.");
        _asked = meter.CreateCounter<long>("skypunch_failures_withheld", description: "Failures that make no change until another Prober has looked.");
        _contradicted = meter.CreateCounter<long>("skypunch_failures_contradicted", description: "Failures that another Prober did not see, by the Prober that did.");
        meter.CreateObservableGauge("skypunch_rows_set_aside", () => badRows.Count, description: "Targets that are not probed, as their rows cannot be read or written.");
        meter.CreateObservableGauge("skypunch_release_queue_jobs", () => queue.Count, description: "Claimed jobs that wait for their instant.");
    }

    /// <summary>A claim has found slots that were not run.</summary>
    public void Missed(long slots)
    {
        if (slots > 0)
        {
            _missed.Add(slots);
        }
    }

    /// <summary>A job is given to the bus.</summary>
    public void Published(TimeSpan late)
    {
        _published.Add(1);
        _late.Record(Math.Max(0, late.TotalSeconds));
    }

    /// <summary>Jobs were not taken by the bus.</summary>
    public void NotPublished(int jobs) => _lost.Add(jobs);

    /// <summary>A batch of results is recorded.</summary>
    public void Folded(int results) => _folded.Add(results);

    /// <summary>Failures are withheld until another Prober has looked.</summary>
    public void AskedAnother(int failures)
    {
        if (failures > 0)
        {
            _asked.Add(failures);
        }
    }

    /// <summary>Another Prober did not see the failure.</summary>
    /// <param name="prober">The Prober that saw it.</param>
    public void Contradicted(string prober) => _contradicted.Add(1, KeyValuePair.Create<string, object?>("prober", prober));

    /// <summary>A target's status has changed.</summary>
    /// <param name="to">PASS or FAIL.</param>
    public void Changed(string to) => _changes.Add(1, KeyValuePair.Create<string, object?>("to", to.ToLowerInvariant()));
}
