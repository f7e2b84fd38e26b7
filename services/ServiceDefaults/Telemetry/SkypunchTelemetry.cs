using System.Diagnostics;

namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>
/// The names of Skypunch's own metrics and activities, and the steps of the distributed trace of a probe, from its claim to the delivery of
/// a message.
/// </summary>
public static class SkypunchTelemetry
{
    /// <summary>The name of the meter of all of Skypunch's own metrics.</summary>
    public const string MeterName = "Skypunch";

    /// <summary>The source of all of Skypunch's own activities.</summary>
    public static readonly ActivitySource Activities = new("Skypunch");

    /// <summary>The bucket boundaries of histograms of times, in seconds.</summary>
    public static readonly IReadOnlyList<double> TimeBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>
    /// Begins a step of a probe's trace that may have begun in another process. Null, at no cost, where that probe is not traced.
    /// </summary>
    /// <param name="name">The step: claim, probe, fold, announce or deliver.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the previous step; null: that probe is not traced.</param>
    /// <param name="kind">Whether the step consumes a message of the bus, or produces one.</param>
    public static Activity? Continue(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal)
        => traceParent is null ? null : Activities.StartActivity(name, kind, traceParent);

    /// <summary>Records a step of a probe's trace that ends now, for steps that several probes have in common.</summary>
    /// <param name="name">The step.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the previous step; null: that probe is not traced.</param>
    /// <param name="began">When the step began.</param>
    /// <param name="kind">Whether the step consumes a message of the bus, or produces one.</param>
    public static void Record(string name, string? traceParent, DateTimeOffset began, ActivityKind kind)
    {
        if (traceParent is not null)
        {
            Activities.StartActivity(name, kind, traceParent, startTime: began)?.Dispose();
        }
    }
}
