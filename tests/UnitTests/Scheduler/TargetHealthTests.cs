using Skypunch.Contracts;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetHealthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("P", 1, 1, "(New>Pass)")]
    [InlineData("F", 1, 1, "New>Fail")]
    [InlineData("PPPFFF", 1, 1, "(New>Pass) Pass>Fail")]
    [InlineData("PFPF", 1, 1, "(New>Pass) Pass>Fail Fail>Pass Pass>Fail")]
    [InlineData("PFFPFFF", 3, 1, "(New>Pass) Pass>Fail")]
    [InlineData("FFF", 3, 1, "New>Fail")]
    [InlineData("FFP", 3, 1, "(New>Pass)")]
    [InlineData("PFPPFPPP", 1, 3, "(New>Pass) Pass>Fail Fail>Pass")]
    public void Makes_an_edge_where_enough_results_in_a_row_agree(string probes, int failures, int successes, string expected)
    {
        var health = new TargetHealth();
        var edges = new List<string>();
        foreach (var (verdict, index) in probes.Select((probe, index) => (probe, index)))
        {
            (health, var edge) = health.Apply(At(index, passed: verdict == 'P'), new Thresholds(failures, successes))!.Value;
            if (edge is not null)
            {
                edges.Add(edge.IsAnnounced ? $"{edge.From}>{edge.To}" : $"({edge.From}>{edge.To})");
            }
        }

        Assert.Equal(expected, string.Join(' ', edges));
    }

    [Fact]
    public void Counts_as_in_2013()
    {
        var health = new TargetHealth();
        int?[] statuses = [200, 204, 301, 404, 503, null, null];

        foreach (var (status, index) in statuses.Select((status, index) => (status, index)))
        {
            (health, _) = health.Apply(At(index, passed: status < 300, status), new Thresholds(1, 1))!.Value;
        }

        Assert.Equal(new TargetCounters(2, 5, 2, 1, 1, 1, 2, 5), health.Counters);
    }

    [Fact]
    public void A_result_that_is_late_or_comes_twice_moves_nothing()
    {
        var (health, _) = new TargetHealth().Apply(At(5, passed: false), new Thresholds(1, 1))!.Value;

        Assert.Null(health.Apply(At(5, passed: false), new Thresholds(1, 1)));
        Assert.Null(health.Apply(At(4, passed: true), new Thresholds(1, 1)));
    }

    [Fact]
    public void An_edge_tells_since_when_the_status_before_it_lasted()
    {
        var (health, _) = new TargetHealth().Apply(At(1, passed: true), new Thresholds(1, 1))!.Value;
        (health, _) = health.Apply(At(2, passed: true), new Thresholds(1, 1))!.Value;

        var (_, edge) = health.Apply(At(3, passed: false), new Thresholds(1, 1))!.Value;

        Assert.Equal(new StatusEdge(TargetStatus.Pass, TargetStatus.Fail, At(3, false).At, Since: At(1, true).At, IsAnnounced: true), edge);
    }

    [Fact]
    public void A_result_from_before_a_change_is_counted_and_not_judged()
    {
        var (health, _) = new TargetHealth().Apply(At(1, passed: true), new Thresholds(1, 1))!.Value;

        var (next, edge) = health.Apply(At(2, passed: false) with { IsCurrent = false }, new Thresholds(1, 1))!.Value;

        Assert.Null(edge);
        Assert.Equal((TargetStatus.Pass, 1, 0), (next.Status, next.Counters.Fail, next.Counters.RepeatedFails));
    }

    private static Verdict At(int second, bool passed, int? status = null)
        => new(Noon.AddSeconds(second), Noon.AddSeconds(second).AddMilliseconds(3), passed, status);
}
