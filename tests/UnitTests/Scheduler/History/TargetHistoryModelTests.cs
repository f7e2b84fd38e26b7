using CsCheck;
using Skypunch.Contracts;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Targets;

namespace Skypunch.UnitTests.Scheduler.History;

/// <summary>Applies random slots to a history, and compares with a model that keeps every result.</summary>
public sealed class TargetHistoryModelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Reasons = [ProbeReasons.Ok, ProbeReasons.Ok, ProbeReasons.Ok, ProbeReasons.DnsError, ProbeReasons.StatusMismatch, "a reason of the future"];

    private static readonly int[] Frequencies = [1, 5, 60, 3600, 86400];

    // The time since the slot before is mostly a frequency; a slot may be off the schedule, after an outage, or after a clock was set back.
    private static readonly Gen<Slot> AnySlot = Gen.Select(
        Gen.Frequency((12, Gen.Const(1.0)), (2, Gen.Double[0, 1.5]), (1, Gen.Double[1, 200]), (1, Gen.Double[-60, 0])),
        Gen.Int[0, Reasons.Length - 1].Select(i => Reasons[i]),
        Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[1, 3]), (1, Gen.Int[1, 400])),
        Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Frequency((30, Gen.Const(0)), (1, Gen.Int[0, Frequencies.Length - 1].Select(i => Frequencies[i]))),
        (frequencies, reason, missed, isProbed, isJudged, frequency) => new Slot(frequencies, reason, missed + (isProbed ? 0 : 1), isProbed, isJudged, frequency));

    private static readonly Gen<Slot[]> AnySlots = AnySlot.Array[0, 250];

    [Fact]
    public void Hours_have_the_counts_of_all_results() => Check((run, model) =>
    {
        Assert.Equal(model.Results.Count(result => result.Passed), run.Hours.Sum(hour => hour.Passes));
        Assert.Equal(model.Results.Count(result => !result.Passed), run.Hours.Sum(hour => hour.Fails));
        Assert.Equal(model.Missed, run.Hours.Sum(hour => hour.Missed));
        Assert.All(run.Hours, hour => Assert.Equal(
            (model.Results.Count(result => result.Passed && HourOf(result.Slot) == hour.Hour), model.Results.Count(result => !result.Passed && HourOf(result.Slot) == hour.Hour)),
            (hour.Passes, hour.Fails)));
    });

    [Fact]
    public void Each_hour_ends_once_and_later_than_the_one_before() => Check((run, _) =>
        Assert.Equal(run.Hours.Select(hour => hour.Hour).Distinct().Order(), run.Hours.Select(hour => hour.Hour)));

    [Fact]
    public void An_hour_is_covered_as_far_as_its_results_say_how_the_target_is() => Check((run, model) =>
    {
        Assert.Equal(model.Covered.Where(hour => hour.Value > 0), run.Hours.Where(hour => hour.CoveredMs > 0).ToDictionary(hour => hour.Hour, hour => (long)hour.CoveredMs).OrderBy(h => h.Key));
        Assert.All(run.Hours, hour => Assert.InRange(hour.CoveredMs, 0, (int)OpenHour.Length));
        Assert.All(run.Hours, hour => Assert.InRange(hour.FailingMs, 0, hour.CoveredMs));
    });

    [Fact]
    public void Tallies_have_each_result_once() => Check((run, model) => Assert.All(run.Hours, hour =>
    {
        var results = model.Results.Where(result => HourOf(result.Slot) == hour.Hour).ToList();
        Assert.Equal(Counts(results.Where(result => result.Passed).Select(result => result.Latency)), Read(hour.Latency));
        Assert.Equal(Counts(results.Where(result => !result.Passed).Select(result => result.Outcome)), Read(hour.Reasons));
        Assert.Equal(results.Where(result => result.Passed).Sum(result => result.WaitMicros), Read(hour.Phases)[4]);
    }));

    [Fact]
    public void The_row_has_the_last_results_and_the_chunks_have_those_before() => Check((run, model) =>
    {
        var view = run.View!;
        Assert.Equal(model.Results.TakeLast(ResultRing.Size).Select(result => result.Kept), view.Results);

        var chunks = run.Closed.Chunks.SelectMany(chunk =>
        {
            var results = new List<KeptResult>();
            ResultRing.ReadChunkInto(results, chunk.Results);
            Assert.All(results, result => Assert.Equal(chunk.Hour, HourOf(result.Slot)));
            return results;
        });
        Assert.Equal(model.Results.Select(result => result.Kept), chunks.Concat(view.Results.TakeLast(view.Loose)));
        Assert.Equal(run.Closed.Chunks.Count, run.Closed.Chunks.Select(chunk => (chunk.Hour, chunk.FirstResult)).Distinct().Count());
    });

    [Fact]
    public void It_is_short() => Check((run, _) => Assert.InRange(run.Column!.Length, 1, 1500));

    [Fact]
    public void Any_bytes_are_a_history_or_none() => Gen.Select(Gen.Byte.Array[0, 300], AnySlot).Sample((bytes, slot) =>
    {
        byte[] column = [1, 0, .. bytes];
        var (next, _) = TargetHistory.Apply(1, column, Input(slot with { IsProbed = true }, Noon, 60, 0, 0, 0), new ClosedHistory());
        return HistoryView.Of(1, next) is not null;
    });

    [Fact]
    public void A_column_that_was_damaged_holds_nothing_up() => Gen.Select(AnySlots.Where(slots => slots.Length > 0), AnySlot, Gen.Byte.Array[1, 5], Gen.Int[0, 2000], Gen.Bool).Sample((slots, slot, damage, place, isCut) =>
    {
        var column = Play(slots).Run.Column!;
        place %= column.Length;
        damage.AsSpan(0, Math.Min(damage.Length, column.Length - place)).CopyTo(column.AsSpan(place));
        column = isCut ? column[..place] : column;
        var (now, step) = (Noon.AddDays(1).ToUnixTimeMilliseconds(), 60_000);

        var closed = new ClosedHistory();
        Show(column);
        TargetHistory.End(1, column, closed);
        for (var minute = 0; minute < 70; minute++)
        {
            var input = Input(slot with { IsProbed = true }, Noon.AddDays(1).AddMinutes(minute), 60, minute, 0, 0) with { StatusBefore = TargetStatus.Fail, StatusAfter = TargetStatus.Fail };
            (column, _) = TargetHistory.Apply(1, column, input, closed);
        }

        Show(column);

        void Show(byte[]? shown)
        {
            foreach (var result in HistoryView.Of(1, shown)?.Results ?? [])
            {
                RecentResults.ToProto(result);
            }

            var target = new HistoryTarget(1, "x", step / 1000, true, "", shown);
            new KnownHistory(target, closed.Hours.DistinctBy(hour => hour.Hour), [], [], [], 0, now).Uptime(new HistoryWindow(now - 1_800_000, now));
        }
    });

    [Fact]
    public void Instants_that_cannot_be_are_none()
    {
        var now = Noon.ToUnixTimeMilliseconds();

        Assert.NotEmpty(HistoryView.Of(1, Column(0, now))!.Results);
        Assert.Empty(HistoryView.Of(1, Column(0, long.MaxValue))!.Results);
        Assert.Null(HistoryView.Of(1, Column(long.MaxValue, now)));

        byte[] Column(long failingSince, long slot) => new HistoryState
        {
            Last = now,
            FailingSince = failingSince,
            Hour = new OpenHour { Number = OpenHour.Of(now) },
            Ring = new ResultRing { Step = 1000, Last = 0, Before = 0 },
        }.Write(new KeptResult(slot, 0, 5));
    }

    private static void Check(Action<Run, Model> check) => AnySlots.Where(slots => slots.Length > 0).Sample(slots =>
    {
        var (run, model) = Play(slots);
        check(run, model);
    });

    private static (Run Run, Model Model) Play(Slot[] slots)
    {
        var (model, closed) = (new Model(), new ClosedHistory());
        byte[]? column = null;
        var (at, frequency, passes, fails, missed) = (Noon, 60, 0L, 0L, 0L);
        foreach (var slot in slots)
        {
            frequency = slot.Frequency == 0 ? frequency : slot.Frequency;
            at = At(at, slot.Frequencies * (slot.Frequencies < 0 ? 60 : Math.Min(frequency, 3600)));
            at = at < model.Last.AddHours(-20) ? model.Last : at; // a clock that is farther behind begins another history
            missed += slot.Missed;
            (column, _) = TargetHistory.Apply(7, column, Input(slot, at, frequency, passes, fails, missed), closed);
            model.Add(slot, at, frequency);
            passes += slot.IsProbed && slot.Reason == ProbeReasons.Ok ? 1 : 0;
            fails += slot.IsProbed && slot.Reason != ProbeReasons.Ok ? 1 : 0;
        }

        var view = HistoryView.Of(7, column);
        return (new Run(column, closed, view, [.. closed.Hours, view!.Open]), model);
    }

    private static DateTimeOffset At(DateTimeOffset at, double seconds) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds() + (long)(seconds * 1000));

    private static HistoryInput Input(Slot slot, DateTimeOffset at, int frequency, long passes, long fails, long missed) => new()
    {
        Slot = at,
        StartedAt = at,
        Result = slot.IsProbed ? slot.Result(at) : null,
        IsJudged = slot.IsJudged,
        Frequency = TimeSpan.FromSeconds(frequency),
        PassesBefore = passes,
        FailsBefore = fails,
        Missed = missed,
        StatusBefore = TargetStatus.Pass,
        StatusAfter = TargetStatus.Pass,
    };

    private static int HourOf(long ms) => (int)OpenHour.Of(ms);

    private static long[] Counts(IEnumerable<byte> codes) => [.. codes.Aggregate(new long[Tally.Codes], (counts, code) =>
    {
        counts[code]++;
        return counts;
    })];

    private static long[] Read(byte[]? tally)
    {
        var counts = new long[Tally.Codes];
        Assert.True(Tally.ReadInto(counts, tally));
        return counts;
    }

    private sealed record Slot(double Frequencies, string Reason, int Missed, bool IsProbed, bool IsJudged, int Frequency)
    {
        public ProbeResult Result(DateTimeOffset at) => new()
        {
            TargetId = 7,
            Slot = at,
            StartedAt = at,
            Duration = Took,
            Reason = Reason,
            Description = Reason,
            StatusCode = Reason == ProbeReasons.StatusMismatch ? 503 : null,
            Timings = ProbeTimings.None with { Wait = Took },
        };

        public TimeSpan Took => TimeSpan.FromMicroseconds(Math.Abs(Frequencies) * 1234);
    }

    private sealed record Run(byte[]? Column, ClosedHistory Closed, HistoryView? View, IReadOnlyList<TargetHour> Hours);

    private sealed record Known(long Slot, byte Outcome, byte Latency, long WaitMicros, KeptResult Kept)
    {
        public bool Passed => Outcome == 0;
    }

    // Keeps every result, and each millisecond that is covered by a sum per hour.
    private sealed class Model
    {
        private long _last = -1;
        private bool _isKnown;
        private long _missedSince;
        private int _frequency;

        public List<Known> Results { get; } = [];

        public long Missed { get; private set; }

        public DateTimeOffset Last => DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, _last));

        public SortedDictionary<int, long> Covered { get; } = [];

        public void Add(Slot slot, DateTimeOffset at, int frequency)
        {
            var now = Math.Max(_last, at.ToUnixTimeMilliseconds());
            var between = slot.Missed - (slot.IsProbed ? 0 : 1);
            if (_isKnown)
            {
                Cover(_last, _last + Coverage.Of(now - _last, Math.Max(frequency, _frequency) * 1000L, 0, between));
            }

            _frequency = frequency;

            Missed += slot.Missed;
            _missedSince += slot.Missed;
            (_last, _isKnown) = (now, slot.IsProbed);
            if (slot.IsProbed)
            {
                var (outcome, latency) = (ReasonCodes.Of(slot.Reason), LatencyCode.Of(slot.Took));
                var status = slot.Reason == ProbeReasons.StatusMismatch ? 503 : 0;
                var kept = new KeptResult(now, outcome, latency, status, _missedSince, !slot.IsJudged);
                Results.Add(new Known(now, outcome, latency, slot.Took.Ticks / TimeSpan.TicksPerMicrosecond, kept));
                _missedSince = 0;
            }
        }

        private void Cover(long from, long to)
        {
            for (var begin = from; begin < to;)
            {
                var end = Math.Min(to, (OpenHour.Of(begin) + 1) * OpenHour.Length);
                Covered[HourOf(begin)] = Covered.GetValueOrDefault(HourOf(begin)) + end - begin;
                begin = end;
            }
        }
    }
}
