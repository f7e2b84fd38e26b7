using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Model;
using Match = Skypunch.Notifier.Model.Match;

namespace Skypunch.Notifier.Notifiers;

/// <summary>Whether a notifier would be told of a failure, and why, for people. Pure.</summary>
internal static class NotifierVerdicts
{
    /// <summary>The verdict about one notifier.</summary>
    /// <param name="notifier">The notifier, as it is shown.</param>
    /// <param name="target">The target that fails.</param>
    /// <param name="reason">The reason of the failure; null: any.</param>
    /// <param name="now">The time now.</param>
    public static NotifierVerdict Of(Admin.V1.Notifier notifier, FilterFacts target, string? reason, DateTimeOffset now)
    {
        var match = Match.Of(notifier.Match);
        var (told, verdict) = (ToldRule.Of(match, target, reason), new NotifierVerdict { Notifier = notifier });
        var opens = WorkingHours.Of(notifier.Hours).OpenFrom(now);
        if (!notifier.Enabled)
        {
            (verdict.Verdict, verdict.Why) = (ToldVerdict.NotTold, "It is disabled.");
        }
        else if (told.Reasons.Count == 0)
        {
            (verdict.Verdict, verdict.Why) = (ToldVerdict.NotTold, $"Its match does not select the target: {notifier.Match}");
        }
        else if (!told.IsAll)
        {
            (verdict.Verdict, verdict.Why) = (ToldVerdict.Sometimes, $"Its match selects failures for some reasons only: {notifier.Match}");
            verdict.Reasons.AddRange(told.Reasons);
        }
        else
        {
            (verdict.Verdict, verdict.Why) = (ToldVerdict.Told, WhyTold(match, notifier.Match));
        }

        if (opens > now && verdict.Verdict is ToldVerdict.Told or ToldVerdict.Sometimes)
        {
            verdict.Verdict = verdict.Verdict is ToldVerdict.Told ? ToldVerdict.Later : verdict.Verdict;
            verdict.Why = FormattableString.Invariant($"{verdict.Why}{(verdict.Why.EndsWith('.') ? "" : ".")} Its hours begin at {opens.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {notifier.Hours}");
        }

        return verdict;
    }

    /// <summary>What a match may ask of a target, as the API shows the target: as <see cref="ChangeFacts"/> of its change will have it.</summary>
    public static FilterFacts FactsOf(Target target) => new()
    {
        Id = target.Id,
        Name = target.Name,
        Url = TargetAddress.PathOf(target.Url, target.Catalog?.ServiceType) ?? SafeUrl.Of(target.Url),
        Description = target.Description,
        Method = target.Method,
        Authn = EnumWords.Of(target.Authn),
        Group = target.Group,
        Frequency = target.Frequency?.Seconds ?? 0,
        Labels = target.Labels,
    };

    private static string WhyTold(Match match, string text)
        => match.Fault is { } fault ? $"Its match is no filter, so that it is told of everything: {fault}."
            : match.IsEverything ? "It has no match, so that it is told of everything."
            : $"Its match selects the target: {text}";
}
