using System.Diagnostics;

namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>The names under which Skypunch measures and traces itself, and the way of one probe from its claim to the mail.</summary>
public static class SkypunchTelemetry
{
    /// <summary>The name of the meter of all of Skypunch's own metrics.</summary>
    public const string MeterName = "Skypunch";

    /// <summary>The source of all of Skypunch's own activities.</summary>
    public static readonly ActivitySource Activities = new("Skypunch");

    /// <summary>The bounds of the buckets of a time, in seconds.</summary>
    public static readonly IReadOnlyList<double> TimeBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Begins a step of a probe's way that goes on from another process. Null, at no cost, where that probe is not traced.</summary>
    /// <param name="name">claim, probe, fold, announce or deliver.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the step before; null: that probe is not traced.</param>
    /// <param name="kind">Whether the step takes something from the bus, or gives it.</param>
    public static Activity? Continue(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal)
        => traceParent is null ? null : Activities.StartActivity(name, kind, traceParent);

    /// <summary>Records a step of a probe's way that ends now, as it does where the steps of several probes are taken together.</summary>
    /// <param name="name">The step.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the step before; null: that probe is not traced.</param>
    /// <param name="began">When it began.</param>
    /// <param name="kind">Whether the step takes something from the bus, or gives it.</param>
    public static void Record(string name, string? traceParent, DateTimeOffset began, ActivityKind kind)
    {
        if (traceParent is not null)
        {
            Activities.StartActivity(name, kind, traceParent, startTime: began)?.Dispose();
        }
    }
}
