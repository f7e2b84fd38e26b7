using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// The messages about the changes that a batch makes. Groups and labels are told with a change only, so they are read here, in one
/// statement for all changes, and not for each result.
/// </summary>
internal sealed class MessagesOfChanges(SchedulerDb db)
{
    private readonly List<(StatusChange Change, TargetStatusChanged Message)> _made = [];

    /// <summary>The changes, in the order in which they were added.</summary>
    public IReadOnlyList<StatusChange> Changes => _made.ConvertAll(made => made.Change);

    /// <summary>Takes a change, whose payload is not written yet, and what is told of it.</summary>
    public void Add(StatusChange change, TargetStatusChanged message) => _made.Add((change, message));

    /// <summary>Writes the payloads of all changes. It must run before the changes are stored.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_made.Count == 0)
        {
            return;
        }

        var labels = await db.ReadLabelsAsync(_made.Select(made => made.Change.TargetId), cancellationToken);
        foreach (var (change, message) in _made)
        {
            change.Payload = JsonSerializer.Serialize(message.With(labels[change.TargetId]));
        }
    }
}
