using Skypunch.Contracts;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Folding;

/// <summary>What a fold must know for its second opinions, looked up once for the batch, and only where a target that is not FAIL fails or has failed before.</summary>
internal sealed class Opinions
{
    private readonly string _prober;
    private readonly bool _isAnotherAlive;
    private readonly Dictionary<long, string> _seers;
    private readonly List<Contradiction> _contradictions = [];

    private Opinions(string prober, bool isAnotherAlive, Dictionary<long, string> seers)
    {
        _prober = prober;
        _isAnotherAlive = isAnotherAlive;
        _seers = seers;
    }

    /// <summary>How many failures are withheld until another Prober has looked.</summary>
    public int Asked { get; private set; }

    /// <summary>The failures that another Prober has contradicted.</summary>
    public IReadOnlyList<Contradiction> Contradictions => _contradictions;

    /// <summary>Looks up what the batch needs.</summary>
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
            await db.SeersOfLastFailureAsync(failedBefore, cancellationToken));
    }

    /// <summary>What is known for the next result of a target.</summary>
    public SecondOpinion Of(long targetId) => new(_prober, _seers.GetValueOrDefault(targetId), _isAnotherAlive);

    /// <summary>Notes what a result was.</summary>
    public void Note(Target target, ProbeResult result, Recorded recorded)
    {
        if (recorded.Opinion is OpinionOutcome.Contradicted)
        {
            _contradictions.Add(new Contradiction(target.Id, target.Name, _seers[target.Id]));
        }

        Asked += recorded.Opinion is OpinionOutcome.Asked ? 1 : 0;
        if (!recorded.IsJudged)
        {
            return;
        }

        if (result.Passed)
        {
            _seers.Remove(target.Id);
        }
        else
        {
            _seers[target.Id] = _prober;
        }
    }
}

/// <summary>A Prober saw a target fail, and another one, asked at once, did not.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Target">Its name.</param>
/// <param name="Prober">The Prober that saw it fail.</param>
internal sealed record Contradiction(long TargetId, string Target, string Prober);
