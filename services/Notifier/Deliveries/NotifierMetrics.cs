using System.Diagnostics.Metrics;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Deliveries;

/// <summary>What a Notifier measures of itself.</summary>
internal sealed class NotifierMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _delay;
    private long _waiting;
    private double _oldest;

    public NotifierMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _deliveries = meter.CreateCounter<long>("skypunch_deliveries", description: "Attempts to deliver, by result: sent, retried or failed.");
        _delay = meter.CreateHistogram(
            "skypunch_delivery_delay",
            unit: "s",
            description: "From the beginning of the probe that saw a change to the acceptance of its message.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. SkypunchTelemetry.TimeBuckets, 60, 300, 1800, 3600] });
        meter.CreateObservableGauge("skypunch_deliveries_waiting", () => Volatile.Read(ref _waiting), description: "Deliveries that are not done.");
        meter.CreateObservableGauge(
            "skypunch_deliveries_oldest",
            () => Volatile.Read(ref _oldest),
            unit: "s",
            description: "The age of the oldest delivery that is not done.");
    }

    /// <summary>A message was accepted.</summary>
    public void Sent(TimeSpan delay)
    {
        Count("sent");
        _delay.Record(delay.TotalSeconds);
    }

    /// <summary>An attempt failed, and there will be another.</summary>
    public void Retried() => Count("retried");

    /// <summary>An attempt failed, and it was the last.</summary>
    public void Failed() => Count("failed");

    /// <summary>Sets how many deliveries wait in the store, and the age of the oldest.</summary>
    public void Waiting(long count, TimeSpan oldest)
    {
        Volatile.Write(ref _waiting, count);
        Volatile.Write(ref _oldest, oldest.TotalSeconds);
    }

    private void Count(string result) => _deliveries.Add(1, KeyValuePair.Create<string, object?>("result", result));
}
