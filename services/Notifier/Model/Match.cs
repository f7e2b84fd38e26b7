using Skypunch.Contracts.Filters;

namespace Skypunch.Notifier.Model;

/// <summary>
/// Which changes a notifier is told of: a filter of their targets, as docs/labels.md has it. What is no filter selects all, since an alert
/// too many is better than one that is lost. Pure.
/// </summary>
internal sealed class Match
{
    /// <summary>The match of a notifier that has none.</summary>
    public static readonly Match Everything = new(null, null);

    private static readonly Dictionary<string, string> Refused = new()
    {
        ["status"] = "status makes no sense in a match: whoever is told of a failure is told of its recovery, too",
        ["enabled"] = "enabled makes no sense in a match: a target that is disabled has no changes",
    };

    private readonly Filter? _filter;

    private Match(Filter? filter, string? fault) => (_filter, Fault) = (filter, fault);

    /// <summary>What is wrong with the text, and where, as the end of a sentence; null: nothing.</summary>
    public string? Fault { get; }

    /// <summary>Whether all changes are selected.</summary>
    public bool IsEverything => _filter is null;

    /// <summary>Reads a match; null or blank: all changes are meant.</summary>
    public static Match Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }

        return FilterText.TryParse(text, out var filter, out var error, Refused) ? new Match(filter, null) : new Match(null, error);
    }

    /// <summary>Whether it selects a change of a target.</summary>
    public bool Selects(FilterFacts facts) => _filter?.Holds(facts) ?? true;
}
