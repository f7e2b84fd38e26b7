using CsCheck;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>
/// Folds random results in any order, some of them repeatedly, and compares with a model that counts the whole history again.
/// </summary>
public sealed class FoldModelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly int?[] Answers = [null, 200, 204, 302, 404, 503];

    private static readonly Gen<Thresholds> AnyThresholds = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], (failures, successes) => new Thresholds(failures, successes));

    private static readonly Gen<Verdict> AnyVerdict = Gen.Select(
        Gen.Int[0, 60],
        Gen.Int[0, Answers.Length - 1].Select(i => Answers[i]),
        Gen.Bool,
        Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))),
        (second, status, passed, isCurrent) => new Verdict(Noon.AddSeconds(second), Noon.AddSeconds(second), passed && status is not null, status, isCurrent));

    // Most results are in the order of their slots, as they usually come; some come late or twice.
    private static readonly Gen<Verdict[]> AnyHistory = Gen.Select(AnyVerdict.Array[0, 60], AnyVerdict.Array[0, 10], (most, others)
        => most.OrderBy(verdict => verdict.Slot).Concat(others).Concat(most.Take(3)).ToArray());

    [Fact]
    public void Counters_and_status_are_those_of_the_whole_history() => Gen.Select(AnyHistory, AnyThresholds).Sample((history, thresholds) =>
    {
        var (health, _) = Fold(history, thresholds);
        var counted = Accepted(history);
        var judged = counted.Where(verdict => verdict.IsCurrent).ToList();

        Assert.Equal(counted.Count(verdict => verdict.Passed), health.Counters.Pass);
        Assert.Equal(counted.Count(verdict => !verdict.Passed), health.Counters.Fail);
        Assert.Equal(counted.Count(verdict => verdict.StatusCode is >= 200 and < 300), health.Counters.Status200);
        Assert.Equal(counted.Count(verdict => verdict.StatusCode is >= 500 and < 600), health.Counters.Status500);
        Assert.Equal(counted.Count(verdict => verdict.StatusCode is null), health.Counters.NetworkFails);
        Assert.Equal(Run(judged, judged.Count, passed: false), health.Counters.RepeatedFails);
        Assert.Equal(Run(judged, judged.Count, passed: true), health.RepeatedPasses);
        Assert.Equal(Status(judged, thresholds), health.Status);
        return true;
    });

    [Fact]
    public void Edges_are_a_chain_that_ends_in_the_status() => Gen.Select(AnyHistory, AnyThresholds).Sample((history, thresholds) =>
    {
        var (health, edges) = Fold(history, thresholds);

        Assert.Equal(TargetStatus.New, edges.Count == 0 ? health.Status : edges[0].From);
        Assert.Equal(edges.Skip(1).Select(edge => edge.From), edges.SkipLast(1).Select(edge => edge.To));
        Assert.All(edges, edge => Assert.NotEqual(edge.From, edge.To));
        Assert.All(edges, edge => Assert.Equal(edge.From is TargetStatus.Fail || edge.To is TargetStatus.Fail, edge.IsAnnounced));
        Assert.Equal(health.Status, edges.Count == 0 ? TargetStatus.New : edges[^1].To);
        return true;
    });

    [Fact]
    public void What_was_folded_is_folded_again_without_effect() => Gen.Select(AnyHistory, AnyThresholds).Sample((history, thresholds) =>
    {
        var (health, _) = Fold(history, thresholds);

        Assert.All(history, verdict => Assert.Null(health.Apply(verdict, thresholds)));
        return true;
    });

    private static (TargetHealth Health, List<StatusEdge> Edges) Fold(IEnumerable<Verdict> history, Thresholds thresholds)
    {
        var (health, edges) = (new TargetHealth(), new List<StatusEdge>());
        foreach (var verdict in history)
        {
            if (health.Apply(verdict, thresholds) is { } folded)
            {
                health = folded.Next;
                edges.AddRange(folded.Edge is { } edge ? [edge] : []);
            }
        }

        return (health, edges);
    }

    // The model: a result counts if its slot is newer than all slots before it.
    private static List<Verdict> Accepted(Verdict[] history)
        => [.. history.Where((verdict, i) => history.Take(i).All(earlier => earlier.Slot < verdict.Slot))];

    private static int Run(List<Verdict> judged, int end, bool passed)
        => judged.Take(end).Reverse().TakeWhile(verdict => verdict.Passed == passed).Count();

    private static TargetStatus Status(List<Verdict> judged, Thresholds thresholds)
    {
        var lastFailed = Last(end => Run(judged, end, passed: false) >= thresholds.Failures);
        var lastRecovered = Last(end => Run(judged, end, passed: true) >= thresholds.Successes);
        return lastFailed > lastRecovered ? TargetStatus.Fail
            : lastFailed > 0 || judged.Any(verdict => verdict.Passed) ? TargetStatus.Pass
            : TargetStatus.New;

        int Last(Func<int, bool> isSo) => Enumerable.Range(1, judged.Count).LastOrDefault(isSo);
    }
}
