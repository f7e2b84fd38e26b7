using System.Collections.Concurrent;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The matches and hours of the notifiers, each read once for as long as its text stays. The texts themselves are read from the store with
/// each batch of changes, so that an edit acts at once everywhere.
/// </summary>
internal sealed partial class Receivers(ILogger<Receivers> logger)
{
    // So many notifiers are not expected; they only would be read again each time.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<long, (StoredReceiver Row, Receiver Read)> _read = new();

    /// <summary>What a notifier's row says. What is wrong with a text is said once.</summary>
    public Receiver Of(StoredReceiver row)
    {
        if (_read.TryGetValue(row.Id, out var known) && known.Row == row)
        {
            return known.Read;
        }

        var read = new Receiver(row.Id, Match.Of(row.MatchText), WorkingHours.Of(row.Hours));
        if (read.Match.Fault is { } noMatch && known.Row?.MatchText != row.MatchText)
        {
            LogNoMatch(row.Id, OneLine.Of(noMatch));
        }

        if (read.Hours.Fault is { } noHours && known.Row?.Hours != row.Hours)
        {
            LogNoHours(row.Id, OneLine.Of(noHours));
        }

        if (_read.Count >= Most)
        {
            _read.Clear();
        }

        _read[row.Id] = (row, read);
        return read;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifier {NotifierId} is told of everything until its match is mended: {Fault}")]
    private partial void LogNoMatch(long notifierId, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifier {NotifierId} is told at any time until its hours are mended: the text {Fault}")]
    private partial void LogNoHours(long notifierId, string fault);
}
