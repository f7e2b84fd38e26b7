using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.UnitTests.Scheduler.History;

/// <summary>The history of a target that is probed each minute, from noon on, by what it does out of the ordinary.</summary>
public sealed class TargetHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ClosedHistory _closed = new();
    private readonly List<IncidentStep> _incidents = [];
    private byte[]? _column;
    private long _passes;
    private long _fails;
    private long _missed;
    private TargetStatus _status = TargetStatus.New;
    private DateTimeOffset? _since;

    [Fact]
    public void An_hour_of_passes_is_a_row_with_60_passes_and_all_its_time()
    {
        Pass(from: 0, to: 60);

        var hour = Assert.Single(_closed.Hours);
        Assert.Equal((60, 0, 0, 3_600_000, 0), (hour.Passes, hour.Fails, hour.Missed, hour.CoveredMs, hour.FailingMs));
        Assert.Equal(60, Assert.Single(_closed.Chunks).Results.Length / 2 - 5);
    }

    [Fact]
    public void A_row_has_few_bytes()
    {
        Pass(from: 0, to: 179);

        Assert.InRange(_column!.Length, 120, 200);
    }

    [Theory]
    [InlineData(5, 0, 300_000)] // missed without being counted, as by a target that was disabled: one frequency is covered
    [InlineData(5, 4, 300_000)]
    [InlineData(1.5, 0, 330_000)] // the slot after a retry
    [InlineData(0.2, 0, 252_000)] // a retry
    public void Time_is_covered_to_the_next_slot_of_the_schedule(double minutes, int missed, int covered)
    {
        Pass(from: 0, to: 4);
        _missed += missed;

        Pass(4 + minutes);

        Assert.Equal((covered, missed), (Open.CoveredMs, Open.Missed));
    }

    [Fact]
    public void Missed_slots_count_in_the_hours_in_which_they_lay()
    {
        Pass(from: 0, to: 49);
        _missed += 130; // 12:50 to 14:59

        Pass(180);

        Assert.Equal([(12, 10), (13, 60), (14, 60)], _closed.Hours.Select(hour => (hour.Hour % 24, hour.Missed)));
        Assert.Equal(130, View.Results[^1].MissedBefore);
    }

    [Fact]
    public void An_outage_of_weeks_is_spread_over_two_days_and_no_slot_is_lost()
    {
        Pass(0);
        _missed += 20 * 24 * 60;

        Pass(20 * 24 * 60 + 1);

        Assert.InRange(_closed.Hours.Count, 40, 50);
        Assert.Equal(_missed, _closed.Hours.Sum(hour => hour.Missed) + Open.Missed);
    }

    [Fact]
    public void A_slot_that_was_not_probed_covers_nothing()
    {
        Pass(from: 0, to: 4);
        NotProbed(5);
        Pass(from: 6, to: 9);

        Assert.Equal((9, 1, 8 * 60_000), (Open.Passes, Open.Missed, Open.CoveredMs));
        Assert.Equal(1, View.Results[5].MissedBefore);
    }

    [Fact]
    public void What_an_older_release_has_counted_meanwhile_is_made_up_for()
    {
        Pass(from: 0, to: 4);
        (_passes, _fails) = (_passes + 3, _fails + 1);

        Pass(9);

        Assert.Equal((9, 1, 9 * 60_000), (Open.Passes, Open.Fails, Open.CoveredMs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void A_counter_that_was_set_by_hand_in_SQL_counts_nothing(long counter)
    {
        Pass(from: 0, to: 4);
        (_passes, _fails, _missed) = (counter, counter, counter);

        Pass(5);

        Assert.Equal((6, 0, 0), (Open.Passes, Open.Fails, Open.Missed));
    }

    [Fact]
    public void A_target_of_an_older_release_begins_its_history_with_the_first_result()
    {
        (_passes, _fails, _missed, _status) = (1000, 10, 5, TargetStatus.Pass);

        Pass(0);

        Assert.Equal((1, 0, 0, 0), (Open.Passes, Open.Fails, Open.Missed, Open.CoveredMs));
    }

    [Fact]
    public void A_clock_that_is_set_back_an_hour_counts_in_the_open_hour_and_covers_no_time_twice()
    {
        Pass(from: 0, to: 89);
        Pass(from: 30, to: 149);

        Assert.Equal([(12, 60, 3_600_000), (13, 90 - 60 + 90, 3_600_000)], _closed.Hours.Select(hour => (hour.Hour % 24, hour.Passes, hour.CoveredMs)));
        Assert.Equal((30, 29 * 60_000), (Open.Passes, Open.CoveredMs));
    }

    [Fact]
    public void A_history_that_is_years_ahead_ends_and_begins_anew()
    {
        Pass(3_000_000);
        Pass(from: 0, to: 9);

        Assert.Equal(3_000_000 / 60 + OpenHour.Of(Noon.ToUnixTimeMilliseconds()), Assert.Single(_closed.Hours).Hour);
        Assert.Equal((10, 9 * 60_000), (Open.Passes, Open.CoveredMs));
    }

    [Fact]
    public void A_change_of_the_frequency_keeps_the_last_results()
    {
        Pass(from: 0, to: 9);
        Apply(9.5, ProbeReasons.Ok, frequency: 10);
        Apply(9.5 + (1 / 6d), ProbeReasons.Ok, frequency: 10);

        Assert.Equal([8 * 60_000L, 9 * 60_000, 9 * 60_000 + 30_000, 9 * 60_000 + 40_000], View.Results.TakeLast(4).Select(result => result.Slot - Noon.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void An_incident_begins_with_the_first_failure_of_the_run_and_ends_with_the_probe_that_passes_it()
    {
        Pass(from: 0, to: 4);
        Apply(5, ProbeReasons.ConnectTimeout);
        Apply(6, ProbeReasons.DnsError, TargetStatus.Fail);
        Apply(7, ProbeReasons.ConnectRefused, TargetStatus.Fail);
        Apply(8, ProbeReasons.Ok, TargetStatus.Fail); // two passes are needed
        Apply(9, ProbeReasons.Ok, TargetStatus.Pass);

        Assert.Equal(
            [new IncidentStep(null, null, Noon.AddMinutes(5), ProbeReasons.ConnectTimeout, ProbeReasons.DnsError),
                new IncidentStep(null, Noon.AddMinutes(9).AddMilliseconds(3), null, ProbeReasons.ConnectTimeout, ProbeReasons.ConnectRefused)],
            _incidents);
        Assert.Equal(4 * 60_000, Open.FailingMs);
    }

    [Fact]
    public void A_failure_that_a_retry_does_not_confirm_is_no_incident()
    {
        Pass(0);
        Apply(1, ProbeReasons.ConnectTimeout);
        Pass(2);

        Assert.Empty(_incidents);
        Assert.Equal(60_000, Open.FailingMs);
    }

    [Fact]
    public void A_new_target_that_fails_has_an_incident_from_its_first_probe_on()
    {
        Apply(0, ProbeReasons.DnsError, TargetStatus.Fail);

        Assert.Equal(Noon, Assert.Single(_incidents).OpenedAt);
    }

    [Fact]
    public void A_target_that_never_passed_was_down_all_the_time_that_is_covered()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            Apply(minute, ProbeReasons.DnsError, TargetStatus.Fail);
        }

        Assert.Equal((Noon, 59 * 60_000, 59 * 60_000), (Assert.Single(_incidents).OpenedAt, Open.CoveredMs, Open.FailingMs));
    }

    [Fact]
    public void An_incident_whose_end_an_older_release_has_folded_ended_when_the_status_changed()
    {
        Apply(0, ProbeReasons.DnsError, TargetStatus.Fail);
        (_status, _since, _passes) = (TargetStatus.Pass, Noon.AddMinutes(2), 3);

        Pass(5);

        Assert.Equal(Noon.AddMinutes(2), _incidents[^1].ClosedAt);
    }

    [Fact]
    public void An_incident_whose_begin_an_older_release_has_folded_began_when_the_status_changed()
    {
        Pass(0);
        (_status, _since, _fails) = (TargetStatus.Fail, Noon.AddMinutes(2), 3);

        Apply(5, ProbeReasons.DnsError, TargetStatus.Fail);

        Assert.Equal((Noon.AddMinutes(2), null, null), Of(Assert.Single(_incidents)));
        Apply(6, ProbeReasons.Ok, TargetStatus.Pass);
        Assert.Equal((null, Noon.AddMinutes(6).AddMilliseconds(3), null), Of(_incidents[^1]));
    }

    [Fact]
    public void An_incident_that_an_older_release_has_begun_and_the_first_result_ends_is_not_forgotten()
    {
        Pass(0);
        (_status, _since, _fails) = (TargetStatus.Fail, Noon.AddMinutes(2), 3);

        Pass(5);

        Assert.Equal((Noon.AddMinutes(2), Noon.AddMinutes(5).AddMilliseconds(3), null), Of(Assert.Single(_incidents)));
    }

    [Fact]
    public void A_slot_that_was_not_probed_leaves_incidents_to_the_next_result()
    {
        Pass(0);
        (_status, _since, _fails) = (TargetStatus.Fail, Noon.AddMinutes(2), 3);

        NotProbed(5);
        Assert.Empty(_incidents);
        Apply(6, ProbeReasons.DnsError, TargetStatus.Fail);

        Assert.Equal((Noon.AddMinutes(2), null, null), Of(Assert.Single(_incidents)));
    }

    [Fact]
    public void A_schedule_that_becomes_denser_leaves_no_time_unknown()
    {
        Apply(0, ProbeReasons.Ok, TargetStatus.Pass, frequency: 3600);

        Apply(40, ProbeReasons.Ok, TargetStatus.Pass, frequency: 1);

        Assert.Equal(40 * 60_000, Open.CoveredMs);
    }

    [Fact]
    public void The_time_since_the_last_result_is_covered_while_the_next_one_is_not_due()
    {
        Pass(from: 0, to: 59);

        Assert.Equal([60 * 60_000, 10_000], View.HoursUntil(Noon.AddMinutes(60).AddSeconds(10).ToUnixTimeMilliseconds(), 60_000).Select(hour => hour.CoveredMs));
        Assert.Equal([60 * 60_000], View.HoursUntil(Noon.AddMinutes(90).ToUnixTimeMilliseconds(), 60_000).Select(hour => hour.CoveredMs));
        Assert.Equal([59 * 60_000], View.HoursUntil(Noon.AddMinutes(90).ToUnixTimeMilliseconds(), 0).Select(hour => hour.CoveredMs));
    }

    private static (DateTimeOffset? Missing, DateTimeOffset? Closed, DateTimeOffset? Opened) Of(IncidentStep step) => (step.MissingSince, step.ClosedAt, step.OpenedAt);

    private HistoryView View => HistoryView.Of(7, _column)!;

    private TargetHour Open => View.Open;

    private void Pass(int from, int to)
    {
        for (var minute = from; minute <= to; minute++)
        {
            Pass(minute);
        }
    }

    private void Pass(double minute) => Apply(minute, ProbeReasons.Ok, TargetStatus.Pass);

    private void NotProbed(double minute)
    {
        _missed++;
        Apply(minute, null);
    }

    private void Apply(double minute, string? reason, TargetStatus? after = null, int frequency = 60)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Noon.ToUnixTimeMilliseconds() + (long)Math.Round(minute * 60_000));
        (_column, var incident) = TargetHistory.Apply(
            7,
            _column,
            new HistoryInput
            {
                Slot = at,
                StartedAt = at.AddMilliseconds(3),
                Result = reason is null ? null : new ProbeResult
                {
                    TargetId = 7,
                    Slot = at,
                    StartedAt = at,
                    Duration = TimeSpan.FromMilliseconds(20 + (minute % 7)),
                    Reason = reason,
                    Description = reason,
                    Timings = ProbeTimings.None with { Connect = TimeSpan.FromMilliseconds(5), Wait = TimeSpan.FromMilliseconds(15), Transfer = TimeSpan.FromMilliseconds(0.1) },
                },
                IsJudged = true,
                Frequency = TimeSpan.FromSeconds(frequency),
                PassesBefore = _passes,
                FailsBefore = _fails,
                Missed = _missed,
                StatusBefore = _status,
                SinceBefore = _since,
                StatusAfter = after ?? _status,
            },
            _closed);
        _since = after is { } changed && changed != _status ? at : _since;
        _status = after ?? _status;
        _passes += reason == ProbeReasons.Ok && _passes < long.MaxValue ? 1 : 0;
        _fails += reason is not null and not ProbeReasons.Ok ? 1 : 0;
        if (!incident.IsNone)
        {
            _incidents.Add(incident);
        }
    }
}
