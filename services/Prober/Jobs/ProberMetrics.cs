using System.Diagnostics.Metrics;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Prober.Jobs;

/// <summary>The metrics of a Prober. None is per target: those are the Scheduler's, which knows the targets.</summary>
internal sealed class ProberMetrics
{
    private readonly Counter<long> _probes;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _notRun;
    private readonly Counter<long> _withoutVerdict;
    private readonly Counter<long> _tooLate;
    private readonly Histogram<double> _duration;

    public ProberMetrics(IMeterFactory meters, ProbeLimit limit)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _probes = meter.CreateCounter<long>("skypunch_probes", description: "Probes by result: pass or fail.");
        _failures = meter.CreateCounter<long>("skypunch_probe_failures", description: "Probes that failed, by reason.");
        _dropped = meter.CreateCounter<long>("skypunch_probes_dropped", description: "Jobs that found no place in time.");
        _notRun = meter.CreateCounter<long>("skypunch_probes_not_run", description: "Probes that a fault of Skypunch's own has prevented.");
        _tooLate = meter.CreateCounter<long>("skypunch_probes_too_late", description: "Jobs whose time was over when their turn came.");
        _withoutVerdict = meter.CreateCounter<long>(
            "skypunch_probes_without_verdict",
            description: "Probes that failed while this process stood still, by what became of them: repeated or missed.");
        _duration = meter.CreateHistogram(
            "skypunch_probe_duration",
            unit: "s",
            description: "How long probes take.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SkypunchTelemetry.TimeBuckets });
        meter.CreateObservableGauge("skypunch_probes_in_flight", () => limit.Running, description: "Probes that run now.");
    }

    /// <summary>Counts a probe that has ended.</summary>
    public void Ended(ProbeResult result)
    {
        _probes.Add(1, KeyValuePair.Create<string, object?>("result", result.Passed ? "pass" : "fail"));
        _duration.Record(result.Duration.TotalSeconds);
        if (!result.Passed)
        {
            _failures.Add(1, KeyValuePair.Create<string, object?>("reason", result.Reason));
        }
    }

    /// <summary>Counts a probe that failed, perhaps only because this process stood still.</summary>
    /// <param name="isRepeated">Whether the probe is made again; otherwise its slot is missed.</param>
    public void WithoutVerdict(bool isRepeated)
        => _withoutVerdict.Add(1, KeyValuePair.Create<string, object?>("became", isRepeated ? "repeated" : "missed"));

    /// <summary>Counts jobs whose time was over when their turn came.</summary>
    public void TooLate(int count) => _tooLate.Add(count);

    /// <summary>Counts jobs that found no place in time.</summary>
    public void Dropped(int count) => _dropped.Add(count);

    /// <summary>Counts a probe that could not be run by a fault of ours.</summary>
    public void NotRun()
    {
        _notRun.Add(1);
        _failures.Add(1, KeyValuePair.Create<string, object?>("reason", ProbeReasons.Internal));
    }
}
