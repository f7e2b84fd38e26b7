namespace Skypunch.Scheduler.Model.History;

/// <summary>Sums over hours or days of one target. Pure.</summary>
internal sealed class HistorySums
{
    private readonly long[] _latency = new long[Tally.Codes];
    private readonly long[] _reasons = new long[Tally.Codes];
    private readonly long[] _phases = new long[Tally.Codes];

    public long Passes { get; private set; }

    public long Fails { get; private set; }

    public long Missed { get; private set; }

    public long CoveredMs { get; private set; }

    public long FailingMs { get; private set; }

    /// <summary>How many passed probes have each code of <see cref="LatencyCode"/>.</summary>
    public ReadOnlySpan<long> Latency => _latency;

    /// <summary>How many probes failed for each code of <see cref="ReasonCodes"/>.</summary>
    public ReadOnlySpan<long> Reasons => _reasons;

    /// <summary>The time of all passed probes in each phase, in microseconds.</summary>
    public ReadOnlySpan<long> Phases => _phases.AsSpan(0, PhaseSums.Count);

    /// <summary>Adds an hour or a day.</summary>
    public void Add(HistoryBucket bucket)
    {
        Passes += bucket.Passes;
        Fails += bucket.Fails;
        Missed += bucket.Missed;
        CoveredMs += bucket.CoveredMs;
        FailingMs += bucket.FailingMs;
        Tally.ReadInto(_latency, bucket.Latency);
        Tally.ReadInto(_reasons, bucket.Reasons);
        Tally.ReadInto(_phases, bucket.Phases);
    }

    /// <summary>Adds a result, for windows shorter than an hour.</summary>
    public void Add(KeptResult result)
    {
        Missed += result.MissedBefore;
        if (result.Passed)
        {
            Passes++;
            _latency[result.Latency]++;
        }
        else
        {
            Fails++;
            _reasons[result.Outcome]++;
        }
    }

    /// <summary>Adds time that is covered.</summary>
    public void AddTime(long coveredMs, long failingMs)
    {
        CoveredMs += coveredMs;
        FailingMs += failingMs;
    }

    /// <summary>The days of hours, each target's for itself.</summary>
    public static List<TargetDay> ToDays(IEnumerable<TargetHour> hours)
    {
        var days = new Dictionary<(int Day, long TargetId), HistorySums>();
        foreach (var hour in hours)
        {
            var key = (hour.Hour / 24, hour.TargetId);
            if (!days.TryGetValue(key, out var sums))
            {
                days[key] = sums = new HistorySums();
            }

            sums.Add(hour);
        }

        return [.. days.OrderBy(day => day.Key).Select(day => day.Value.ToDay(day.Key.Day, day.Key.TargetId))];
    }

    private TargetDay ToDay(int day, long targetId) => new()
    {
        Day = day,
        TargetId = targetId,
        Passes = Narrow(Passes),
        Fails = Narrow(Fails),
        Missed = Narrow(Missed),
        CoveredMs = Narrow(CoveredMs),
        FailingMs = Narrow(FailingMs),
        Latency = Tally.Write(_latency),
        Reasons = Tally.Write(_reasons),
        Phases = Tally.Write(_phases),
    };

    private static int Narrow(long number) => (int)Math.Min(number, int.MaxValue);
}
