using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>The changes to FAIL that are told late: the maintenance in which they were made is over, and the target still fails.</summary>
internal static class UntoldChanges
{
    // The databases keep an instant to the microsecond.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    /// <summary>Finds changes by their id in text: in the store, where the context tracks them, or among those of this batch.</summary>
    public static async Task<Dictionary<string, StatusChange>> FindAsync(SchedulerDb db, IEnumerable<string> ids, IEnumerable<StatusChange> ofBatch, CancellationToken cancellationToken)
    {
        var fresh = ofBatch.ToDictionary(change => change.ChangeId);
        var wanted = ids.Select(id => Guid.TryParse(id, out var changeId) ? changeId : Guid.Empty).Distinct().ToList();
        var stored = wanted.Where(id => !fresh.ContainsKey(id)).ToList();
        var read = stored.Count == 0 ? [] : await db.StatusChanges.Where(change => stored.Contains(change.ChangeId)).ToListAsync(cancellationToken);
        return read.Concat(fresh.Values.Where(change => wanted.Contains(change.ChangeId))).ToDictionary(change => change.ChangeId.ToString());
    }

    /// <summary>
    /// Whether the change is what made the target FAIL. It is not where a Scheduler of an older release, which does not know of windows, has
    /// seen the target recover and fail again, and has told it.
    /// </summary>
    /// <param name="since">Since when the target fails; null: it is not known.</param>
    /// <param name="change">The change.</param>
    public static bool IsOf(DateTimeOffset? since, StatusChange change)
        => change.Decision is Decision.Maintenance && (change.At - (since ?? change.At)).Duration() < Rounding;

    /// <summary>Has a change told that was not, with what the last probe has found.</summary>
    public static void Tell(StatusChange change, TargetStatusChanged message)
    {
        var first = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload);
        change.Payload = JsonSerializer.Serialize(message with
        {
            ChangeId = change.ChangeId,
            From = first?.From ?? message.From,
            At = change.At,
            Since = first?.Since,
            Description = Late(message.Description, change.DecidedBy),
        });
        (change.Decision, change.StoredAt, change.AnnounceAfter) = (Decision.ToldLate, null, null);
    }

    /// <summary>A change that takes the place of one that is not kept any more.</summary>
    public static StatusChange New(TargetStatusChanged message) => new()
    {
        ChangeId = message.ChangeId,
        TargetId = message.TargetId,
        FromStatus = TargetStatusConverter.Read(message.From),
        ToStatus = TargetStatus.Fail,
        At = message.At,
        Reason = message.Reason,
        Description = message.Description,
        Payload = JsonSerializer.Serialize(message with { Description = Late(message.Description, null) }),
        Decision = Decision.ToldLate,
    };

    private static string Late(string description, string? window)
    {
        var words = $" (still failing after {(window is null ? "a maintenance window" : $"the maintenance window {window}")})";
        return description.Length + words.Length <= SchedulerDb.LongestDescription
            ? description + words
            : $"{description[..(SchedulerDb.LongestDescription - words.Length - 1)]}…{words}";
    }
}
