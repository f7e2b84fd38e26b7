using Skypunch.Contracts;
using Skypunch.Contracts.Filters;

namespace Skypunch.Notifier.Model;

/// <summary>Of which failures of a target a notifier is told. Pure.</summary>
/// <param name="Reasons">The reasons of the failures, in alphabetical order.</param>
/// <param name="IsAll">Whether these are all that were asked for.</param>
internal sealed record ToldRule(IReadOnlyList<string> Reasons, bool IsAll)
{
    /// <summary>Asks a match for each reason that a failure may have, as only the Scheduler knows which it will be.</summary>
    /// <param name="match">The match.</param>
    /// <param name="target">The target.</param>
    /// <param name="reason">The one reason that is asked for; null: all.</param>
    public static ToldRule Of(Match match, FilterFacts target, string? reason)
    {
        IReadOnlyList<string> asked = reason is null ? ProbeReasons.OfFailures : [reason];
        var told = asked.Where(each => match.Selects(target with { Status = "FAIL", Reason = each })).Order(StringComparer.Ordinal).ToList();
        return new ToldRule(told, told.Count == asked.Count);
    }
}
