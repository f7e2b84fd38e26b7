using System.Diagnostics.Metrics;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Prober.Logins;

/// <summary>The metrics of a Prober's logins to one kind of server: how many, how they ended, how long they took.</summary>
internal sealed class LoginMetrics
{
    private readonly Counter<long> _logins;
    private readonly Histogram<double> _duration;

    /// <summary>Makes the metrics.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="name">The server's name within the names of the metrics.</param>
    /// <param name="words">The servers in words.</param>
    public LoginMetrics(IMeterFactory meters, string name, string words)
    {
        var meter = meters.Create(SkypunchTelemetry.MeterName);
        _logins = meter.CreateCounter<long>(
            $"skypunch_{name}_logins",
            description: $"Logins to {words}, by result: ok, rejected, forbidden, unreachable, or pause: this process stood still meanwhile.");
        _duration = meter.CreateHistogram(
            $"skypunch_{name}_login_duration",
            unit: "s",
            description: $"How long logins to {words} take.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SkypunchTelemetry.TimeBuckets });
    }

    /// <summary>Counts a login that failed perhaps only because this process stood still.</summary>
    public void WithoutVerdict() => _logins.Add(1, KeyValuePair.Create<string, object?>("result", "pause"));

    /// <summary>Counts a login that has ended.</summary>
    /// <param name="failure">Why there is no token; null: there is one.</param>
    /// <param name="took">How long the login took.</param>
    public void LoggedIn(ProbeFailure? failure, TimeSpan took)
    {
        var result = failure?.Reason switch
        {
            null => "ok",
            ProbeReasons.AuthRejected => "rejected",
            ProbeReasons.AuthForbidden => "forbidden",
            _ => "unreachable",
        };
        _logins.Add(1, KeyValuePair.Create<string, object?>("result", result));
        _duration.Record(took.TotalSeconds);
    }
}
