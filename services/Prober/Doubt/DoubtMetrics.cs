using System.Diagnostics.Metrics;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// The metrics of a Prober's doubt of itself: whether it is cut off from its network, and how many failures it has withheld for that.
/// </summary>
internal sealed class DoubtMetrics
{
    private readonly Counter<long> _withheld;
    private volatile bool _isCutOff;

    public DoubtMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _withheld = meter.CreateCounter<long>("skypunch_probes_cut_off", description: "Failures that do not count, because this Prober was cut off from its network.");
        meter.CreateObservableGauge("skypunch_prober_cut_off", () => _isCutOff ? 1 : 0, description: "Whether this Prober is cut off from its network, by its own judgement.");
    }

    /// <summary>Counts a failure that is no verdict, as this Prober is cut off.</summary>
    public void Withheld() => _withheld.Add(1);

    /// <summary>Whether this Prober is cut off.</summary>
    public bool IsCutOff
    {
        set => _isCutOff = value;
    }
}
