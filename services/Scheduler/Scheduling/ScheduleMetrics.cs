using System.Diagnostics.Metrics;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// A Scheduler's metrics of the schedule: missed slots, jobs and their lateness, targets that are not probed because of their rows.
/// </summary>
internal sealed class ScheduleMetrics
{
    private readonly Histogram<double> _late;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _published;
    private readonly Counter<long> _lost;

    public ScheduleMetrics(IMeterFactory meters, ReleaseQueue queue, BadRows badRows)
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
        meter.CreateObservableGauge("skypunch_rows_set_aside", () => badRows.Count, description: "Targets that are not probed, as their rows cannot be read or written.");
        meter.CreateObservableGauge("skypunch_release_queue_jobs", () => queue.Count, description: "Claimed jobs that wait for their instant.");
    }

    /// <summary>Counts slots that a claim has found missed.</summary>
    public void Missed(long slots)
    {
        if (slots > 0)
        {
            _missed.Add(slots);
        }
    }

    /// <summary>Counts a job that was given to the bus.</summary>
    /// <param name="late">The time since its slot.</param>
    public void Published(TimeSpan late)
    {
        _published.Add(1);
        _late.Record(Math.Max(0, late.TotalSeconds));
    }

    /// <summary>Counts jobs that the bus did not take, or that were too late to be given to it.</summary>
    public void NotPublished(int jobs) => _lost.Add(jobs);
}
