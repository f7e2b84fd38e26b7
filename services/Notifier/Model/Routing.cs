using Skypunch.Contracts;
using Skypunch.Contracts.Filters;

namespace Skypunch.Notifier.Model;

/// <summary>A notifier that may be told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Match">Which changes it is told of.</param>
/// <param name="Hours">When it is told.</param>
internal sealed record Receiver(long Id, Match Match, WorkingHours Hours);

/// <summary>What a notifier may have been told of a target.</summary>
/// <param name="NotifierId">The notifier.</param>
/// <param name="TargetId">The target.</param>
internal sealed record ToldTarget(long NotifierId, long TargetId);

/// <summary>
/// Who is told of which change: the notifiers whose match selects it; of a notice, all. A recovery is told, too, to whoever was told of the
/// failure, as nobody is to believe for ever that a target fails. Pure.
/// </summary>
internal sealed class Routing
{
    private readonly IReadOnlyList<TargetStatusChanged> _changes;
    private readonly IReadOnlyList<Receiver> _receivers;
    private readonly HashSet<(int Change, long NotifierId)> _selected = [];

    /// <param name="changes">The changes, at most one per target.</param>
    /// <param name="receivers">The enabled notifiers.</param>
    public Routing(IReadOnlyList<TargetStatusChanged> changes, IReadOnlyList<Receiver> receivers)
    {
        (_changes, _receivers) = (changes, receivers);
        for (var change = 0; change < changes.Count; change++)
        {
            FilterFacts? facts = null;
            foreach (var receiver in receivers)
            {
                if (changes[change].Notice is not null || receiver.Match.IsEverything || receiver.Match.Selects(facts ??= ChangeFacts.Of(changes[change])))
                {
                    _selected.Add((change, receiver.Id));
                }
            }
        }
    }

    /// <summary>The recoveries that no match selects, each with a notifier that is told only if it was told of the failure.</summary>
    public IReadOnlyList<ToldTarget> Open
        => [.. Pairs.Where(pair => IsRecovery(pair.Change) && !_selected.Contains((pair.Index, pair.NotifierId))).Select(pair => new ToldTarget(pair.NotifierId, pair.Change.TargetId))];

    /// <summary>All that is told, in the order of the changes.</summary>
    /// <param name="failing">Of <see cref="Open"/>, those where the last that the notifier was told of the target is a failure.</param>
    public IReadOnlyList<(TargetStatusChanged Change, long NotifierId)> Of(IReadOnlySet<ToldTarget> failing)
        => [.. Pairs
            .Where(pair => _selected.Contains((pair.Index, pair.NotifierId))
                || (IsRecovery(pair.Change) && failing.Contains(new ToldTarget(pair.NotifierId, pair.Change.TargetId))))
            .Select(pair => (pair.Change, pair.NotifierId))];

    private IEnumerable<(int Index, TargetStatusChanged Change, long NotifierId)> Pairs
        => _changes.Index().SelectMany(change => _receivers.Select(receiver => (change.Index, change.Item, receiver.Id)));

    /// <summary>Whether a change is the recovery of a target.</summary>
    public static bool IsRecovery(TargetStatusChanged change) => change.Notice is null && change.To == "PASS";
}
