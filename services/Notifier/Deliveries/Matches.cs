using System.Collections.Concurrent;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The matches of the notifiers, each read once for as long as its text stays. The text itself is read from the store with each batch of
/// changes, so that an edit acts at once everywhere.
/// </summary>
internal sealed partial class Matches(ILogger<Matches> logger)
{
    // So many notifiers are not expected; they only would be read again each time.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<long, (string Text, Match Match)> _read = new();

    /// <summary>The match of a notifier. What is wrong with a text is said once.</summary>
    public Match Of(long notifierId, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Match.Everything;
        }

        if (_read.TryGetValue(notifierId, out var known) && known.Text == text)
        {
            return known.Match;
        }

        var match = Match.Of(text);
        if (match.Fault is { } fault)
        {
            LogNoMatch(notifierId, fault);
        }

        if (_read.Count >= Most)
        {
            _read.Clear();
        }

        _read[notifierId] = (text, match);
        return match;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifier {NotifierId} is told of everything until its match is mended: {Fault}")]
    private partial void LogNoMatch(long notifierId, string fault);
}
