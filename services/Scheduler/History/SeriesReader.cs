using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>Reads a target's chart: by result, by hour or by day.</summary>
internal sealed class SeriesReader(HistoryRows rows)
{
    private const int MostPoints = 10_000;

    /// <summary>The step for a span, where none is asked for.</summary>
    public static SeriesStep StepOf(AskedSpan span) => (span.End - span.Start) switch
    {
        <= 6 * OpenHour.Length => SeriesStep.Result,
        <= 31 * HistoryWindow.Day => SeriesStep.Hour,
        _ => SeriesStep.Day,
    };

    /// <summary>The points that there are, the oldest first.</summary>
    public async Task<List<SeriesPoint>> ReadAsync(long id, AskedSpan span, SeriesStep step, long now, CancellationToken cancellationToken)
    {
        var points = step is SeriesStep.Result ? await NewestResultsAsync(id, span, cancellationToken) : await BucketsAsync(id, span, step, now, cancellationToken);
        return [.. points.TakeLast(MostPoints)];
    }

    // Some hours at a time, the newest first: of a week at one probe a second, only the last hours are read.
    private async Task<IEnumerable<SeriesPoint>> NewestResultsAsync(long id, AskedSpan span, CancellationToken cancellationToken)
    {
        var points = new List<SeriesPoint>();
        var (first, to) = ((int)OpenHour.Of(span.Start), (int)OpenHour.Of(span.End));
        for (var hours = 1; to >= first && points.Count < MostPoints; hours *= 4)
        {
            var from = Math.Max(first, to - hours + 1);
            var some = await ResultsAsync(id, from, to, cancellationToken);
            points.InsertRange(0, some.Where(placed => placed.Result.Slot >= span.Start && placed.Result.Slot < span.End).Select(placed => PointOf(placed.Result)));
            to = from - 1;
        }

        return points;
    }

    /// <summary>The results of some hours, the oldest first.</summary>
    public async Task<List<PlacedResult>> ResultsAsync(long id, int from, int to, CancellationToken cancellationToken)
    {
        var target = (await rows.TargetsAsync([id], cancellationToken)).GetValueOrDefault(id); // first: a chunk that is stored meanwhile is then seen twice, and not never
        var chunks = await rows.ChunksAsync([id], [.. Enumerable.Range(from, Math.Max(0, to - from + 1))], cancellationToken);
        return [.. KeptResults.Of(chunks, target is null ? null : HistoryView.Of(id, target.History)).Where(placed => placed.Hour >= from && placed.Hour <= to)];
    }

    private async Task<IEnumerable<SeriesPoint>> BucketsAsync(long id, AskedSpan span, SeriesStep step, long now, CancellationToken cancellationToken)
    {
        var length = step is SeriesStep.Day ? HistoryWindow.Day : OpenHour.Length;
        var (first, last) = (span.Start / length, Math.Max(span.Start, span.End - 1) / length);
        var window = new HistoryWindow(first * length, (last + 1) * length);
        var summedUpTo = step is SeriesStep.Day ? await rows.SummedUpToAsync(cancellationToken) : 0;
        var target = (await rows.TargetsAsync([id], cancellationToken)).GetValueOrDefault(id);
        var hours = (await rows.HoursAsync([id], [.. window.Hours(summedUpTo)], withPhases: true, cancellationToken)).ToDictionary(hour => hour.Hour);
        foreach (var open in (target is null ? null : HistoryView.Of(id, target.History))?.HoursUntil(now, target!.Step) ?? [])
        {
            hours.TryAdd(open.Hour, open);
        }

        var days = step is SeriesStep.Day ? await rows.DaysAsync([id], [.. window.Days(summedUpTo)], withPhases: true, cancellationToken) : [];
        var incidents = (await rows.IncidentsAsync([id], DateTimeOffset.FromUnixTimeMilliseconds(window.Start), DateTimeOffset.FromUnixTimeMilliseconds(window.End), cancellationToken))
            .Select(incident => UptimeOf.Span.Of(incident, now)).ToList();
        var ofDays = days.Select(day => (Start: day.Day * HistoryWindow.Day, Length: HistoryWindow.Day, Bucket: (HistoryBucket)day));
        var ofHours = hours.Values.Where(hour => window.Overlap(hour.Hour * OpenHour.Length, (hour.Hour + 1) * OpenHour.Length) > 0)
            .Select(hour => (Start: hour.Hour * OpenHour.Length, OpenHour.Length, Bucket: (HistoryBucket)hour));
        return ofDays.Concat(ofHours).GroupBy(bucket => bucket.Start / length).OrderBy(group => group.Key).Select(group => PointOf(group.Key * length, group, incidents));
    }

    private static SeriesPoint PointOf(long start, IEnumerable<(long Start, long Length, HistoryBucket Bucket)> buckets, List<UptimeOf.Span> incidents)
    {
        var (sums, down) = (new HistorySums(), 0L);
        foreach (var bucket in buckets)
        {
            sums.Add(bucket.Bucket);
            down += UptimeOf.Down(bucket.Start, bucket.Length, bucket.Bucket.FailingMs, incidents);
        }

        var point = new SeriesPoint
        {
            StartTime = UptimeOf.Instant(start),
            PassCount = sums.Passes,
            FailCount = sums.Fails,
            MissedCount = sums.Missed,
            Latency = UptimeOf.LatencyOf(sums.Latency),
            Phases = sums.Passes == 0 ? null : PhasesOf(sums.Phases, sums.Passes),
            Observed = UptimeOf.Time(sums.CoveredMs),
            Down = UptimeOf.Time(down),
        };
        point.Failures.AddRange(UptimeOf.Failures(sums.Reasons));
        return point;
    }

    private static SeriesPoint PointOf(KeptResult result)
    {
        var took = LatencyCode.TimeOf(result.Latency).ToDuration();
        var point = new SeriesPoint
        {
            StartTime = UptimeOf.Instant(result.Slot),
            PassCount = result.Passed ? 1 : 0,
            FailCount = result.Passed ? 0 : 1,
            MissedCount = result.MissedBefore,
            Latency = new Latency { P50 = took, P95 = took, P99 = took },
        };
        if (!result.Passed)
        {
            point.Failures.Add(new ReasonCount { Reason = ReasonCodes.ReasonOf(result.Outcome), Count = 1 });
        }

        return point;
    }

    private static PhaseTimes PhasesOf(ReadOnlySpan<long> sums, long passes) => new()
    {
        Auth = Mean(sums[0], passes),
        Dns = Mean(sums[1], passes),
        Connect = Mean(sums[2], passes),
        Tls = Mean(sums[3], passes),
        Wait = Mean(sums[4], passes),
        Transfer = Mean(sums[5], passes),
    };

    // A probe takes minutes at the most; a sum that was edited by hand in SQL may be any number.
    private static Duration Mean(long micros, long passes) => TimeSpan.FromMicroseconds(Math.Clamp(micros / passes, 0, TimeSpan.MicrosecondsPerDay)).ToDuration();
}
