using Skypunch.Contracts;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// What a fold must know to ask for second opinions (<see cref="SecondOpinion"/>). It is queried once for a batch, and only where a target
/// that is not FAIL fails now or failed in its last probe.
/// </summary>
internal sealed class Opinions
{
    private readonly string _prober;
    private readonly bool _isAnotherAlive;
    private readonly Dictionary<long, string> _lastFailureBy; // the Prober that saw a target's last failure, by the target's id
    private readonly List<Contradiction> _contradictions = [];

    private Opinions(string prober, bool isAnotherAlive, Dictionary<long, string> lastFailureBy)
    {
        _prober = prober;
        _isAnotherAlive = isAnotherAlive;
        _lastFailureBy = lastFailureBy;
    }

    /// <summary>How many failures are withheld until another Prober has probed the target.</summary>
    public int Asked { get; private set; }

    /// <summary>The failures that another Prober has contradicted.</summary>
    public IReadOnlyList<Contradiction> Contradictions => _contradictions;

    /// <summary>Queries what the batch needs.</summary>
    public static async Task<Opinions> ReadAsync(
        SchedulerDb db,
        LivingProbers living,
        ProbeResults batch,
        Dictionary<long, Target> targets,
        CancellationToken cancellationToken)
    {
        var failedBefore = targets.Values.Where(target => target is { RepeatedFails: > 0, Status: not TargetStatus.Fail }).Select(target => target.Id).ToList();
        var fails = batch.Results.Any(result => ProbeReasons.IsOfNetwork(result.Reason)
            && targets.TryGetValue(result.TargetId, out var target) && target.Status is not TargetStatus.Fail);
        return new Opinions(
            batch.Prober,
            fails && await living.AnotherThanAsync(db, batch.Prober, cancellationToken),
            await db.ProbersOfLastFailureAsync(failedBefore, cancellationToken));
    }

    /// <summary>What is known for the next result of a target.</summary>
    public SecondOpinion Of(long targetId) => new(_prober, _lastFailureBy.GetValueOrDefault(targetId), _isAnotherAlive);

    /// <summary>Notes what came of a result.</summary>
    public void Note(Target target, ProbeResult result, Recorded recorded)
    {
        if (recorded.Opinion is OpinionOutcome.Contradicted)
        {
            _contradictions.Add(new Contradiction(target.Id, target.Name, _lastFailureBy[target.Id]));
        }

        Asked += recorded.Opinion is OpinionOutcome.Asked ? 1 : 0;
        if (!recorded.IsJudged)
        {
            return;
        }

        if (result.Passed)
        {
            _lastFailureBy.Remove(target.Id);
        }
        else
        {
            _lastFailureBy[target.Id] = _prober;
        }
    }
}

/// <summary>A Prober saw a target fail, and another Prober that was asked at once saw it pass.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Target">Its name.</param>
/// <param name="Prober">The Prober that saw it fail.</param>
internal sealed record Contradiction(long TargetId, string Target, string Prober);
