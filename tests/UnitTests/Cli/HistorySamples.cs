using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

/// <summary>Sample messages of a history.</summary>
internal static class HistorySamples
{
    public const string Opening = "0191d3a0-0000-7000-8000-000000000001";
    public const string Closing = "0191d3a0-0000-7000-8000-000000000002";

    /// <summary>An incident of the target 8 that lasted an hour and a half and some seconds.</summary>
    public static Incident Over(long id = 17) => new()
    {
        Id = id,
        TargetId = 8,
        TargetName = "Shop",
        BeginTime = Samples.At("2026-10-05T08:00:00Z"),
        DetectTime = Samples.At("2026-10-05T08:00:20Z"),
        EndTime = Samples.At("2026-10-05T09:30:05Z"),
        Duration = new Duration { Seconds = 5405 },
        Reason = "connect_refused",
        LastReason = "status_mismatch",
        Description = "connection refused by 127.0.0.1:80",
    };

    /// <summary>An incident that is not over.</summary>
    public static Incident Open(long id = 18) => new()
    {
        Id = id,
        TargetId = 9,
        TargetName = "=HYPERLINK(\"http://evil\",\"x\")",
        BeginTime = Samples.At("2026-10-07T08:00:00Z"),
        DetectTime = Samples.At("2026-10-07T08:00:00Z"),
        Duration = new Duration { Seconds = 176_405 },
        Reason = "timeout",
        LastReason = "timeout",
        Description = "no answer within 5 s,\nnot a byte",
    };

    /// <summary>What is told of the incident that is over.</summary>
    public static GetIncidentResponse Details() => new()
    {
        OpenedBy = new IncidentChange
        {
            ChangeId = Opening,
            From = TargetStatus.Pass,
            To = TargetStatus.Fail,
            AnnounceTime = Samples.At("2026-10-05T08:00:20.100Z"),
            Report = Samples.Failed("connection refused by 127.0.0.1:80"),
        },
        ClosedBy = new IncidentChange
        {
            ChangeId = Closing,
            From = TargetStatus.Fail,
            To = TargetStatus.Pass,
            AnnounceTime = Samples.At("2026-10-05T09:30:05.100Z"),
            Report = Samples.Passed(),
        },
    };

    /// <summary>October of a target that was down twice.</summary>
    public static Uptime October() => new()
    {
        StartTime = Samples.At("2026-09-30T22:00:00Z"),
        EndTime = Samples.At("2026-10-31T23:00:00Z"),
        Observed = new Duration { Seconds = 2_600_000 },
        Unknown = new Duration { Seconds = 82_000 },
        Down = new Duration { Seconds = 5426 },
        AvailabilityPercent = 99.79130,
        ObservedPercent = 96.94258,
        PassCount = 259_000,
        FailCount = 560,
        MissedCount = 3,
        SuccessPercent = 99.78424,
        Latency = new Latency { P50 = Milliseconds(0.4123), P95 = Milliseconds(41.9), P99 = Milliseconds(1234.5) },
        IncidentCount = 2,
        LongestIncident = new Duration { Seconds = 5405 },
        MeanTimeToRecover = new Duration { Seconds = 2713 },
        MeanTimeBetweenFailures = new Duration { Seconds = 1_297_287 },
        Failures = { new ReasonCount { Reason = "connect_refused", Count = 541 }, new ReasonCount { Reason = "timeout", Count = 19 } },
    };

    /// <summary>October of a target that was never down and almost never failed.</summary>
    public static Uptime Whole() => new()
    {
        StartTime = Samples.At("2026-09-30T22:00:00Z"),
        EndTime = Samples.At("2026-10-31T23:00:00Z"),
        Observed = new Duration { Seconds = 2_682_000 },
        Unknown = new Duration(),
        Down = new Duration(),
        AvailabilityPercent = 100,
        ObservedPercent = 100,
        PassCount = 268_199,
        FailCount = 1,
        SuccessPercent = 99.99962,
        Latency = new Latency { P50 = Milliseconds(4.2), P95 = Milliseconds(9.99), P99 = Milliseconds(12_345) },
        Failures = { new ReasonCount { Reason = "timeout", Count = 1 } },
    };

    /// <summary>October of a target that was created afterwards.</summary>
    public static Uptime Unseen() => new()
    {
        StartTime = Samples.At("2026-09-30T22:00:00Z"),
        EndTime = Samples.At("2026-10-31T23:00:00Z"),
        Observed = new Duration(),
        Unknown = new Duration { Seconds = 2_682_000 },
        Down = new Duration(),
    };

    /// <summary>Two days: a whole one, and one that is not over and was partly not observed.</summary>
    public static IEnumerable<SeriesPoint> Days() =>
    [
        new SeriesPoint
        {
            StartTime = Samples.At("2026-10-29T00:00:00Z"),
            PassCount = 8640,
            Latency = new Latency { P50 = Milliseconds(4), P95 = Milliseconds(6), P99 = Milliseconds(40) },
            Phases = new PhaseTimes { Connect = Milliseconds(1), Wait = Milliseconds(2.5) },
            Observed = new Duration { Seconds = 86_400 },
            Down = new Duration(),
        },
        new SeriesPoint
        {
            StartTime = Samples.At("2026-10-30T00:00:00Z"),
            PassCount = 4000,
            FailCount = 60,
            MissedCount = 260,
            Failures = { new ReasonCount { Reason = "connect_refused", Count = 60 } },
            Observed = new Duration { Seconds = 40_600 },
            Down = new Duration { Seconds = 600 },
        },
    ];

    /// <summary>Results every ten seconds: PASS, two slots that were not probed, FAIL, a slow PASS.</summary>
    public static IReadOnlyList<RecentResult> Results() =>
    [
        new RecentResult { SlotTime = Samples.At("2026-10-30T12:00:00Z"), Passed = true, Reason = "ok", Latency = Milliseconds(4) },
        new RecentResult { SlotTime = Samples.At("2026-10-30T12:00:10Z"), Passed = true, Reason = "ok", Latency = Milliseconds(4.5) },
        new RecentResult { SlotTime = Samples.At("2026-10-30T12:00:40Z"), Reason = "status_mismatch", StatusCode = 503, Latency = Milliseconds(5), MissedBeforeCount = 2 },
        new RecentResult { SlotTime = Samples.At("2026-10-30T12:00:50Z"), Passed = true, Reason = "ok", Latency = Milliseconds(5) },
        new RecentResult { SlotTime = Samples.At("2026-10-30T12:01:00Z"), Passed = true, Reason = "ok", Latency = Milliseconds(30) },
    ];

    public static Duration Milliseconds(double time) => Duration.FromTimeSpan(TimeSpan.FromMilliseconds(time));
}
