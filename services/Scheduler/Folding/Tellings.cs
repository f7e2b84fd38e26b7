using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// What the notifiers are told of a batch of results. Groups, labels and maintenance windows matter only where a status changes or a failure
/// is not told yet. So they are read here, in one statement for the batch, and not for each result.
/// </summary>
internal sealed class Tellings(SchedulerDb db, MaintenanceWindows windows, DateTimeOffset now)
{
    private readonly List<Step> _steps = [];
    private readonly HashSet<long> _failed = []; // targets that have become FAIL in this batch
    private readonly HashSet<Target> _marked = [];
    private readonly List<(string ChangeId, Step Step, TargetStatusChanged Message)> _due = [];
    private readonly List<StatusChange> _new = [];
    private readonly List<StatusChange> _late = [];

    /// <summary>The changes that the batch has made, each target's in their order; they are not stored yet.</summary>
    public IReadOnlyList<StatusChange> New => _new;

    /// <summary>The changes of earlier batches that are told now; the context tracks them, and has not saved them yet.</summary>
    public IReadOnlyList<StatusChange> Late => _late;

    /// <summary>All of them, each target's in their order: what is told late was made before what this batch has made.</summary>
    public IEnumerable<StatusChange> All => _late.Concat(_new);

    /// <summary>Takes a change, whose payload is not written yet, and what is told of it.</summary>
    public void Add(Target target, ProbeResult result, StatusChange change, TargetStatusChanged message)
    {
        _steps.Add(new Step(target, result, change, message, target.StatusSince));
        _new.Add(change);
        if (change.ToStatus is TargetStatus.Fail)
        {
            _failed.Add(target.Id);
        }
    }

    /// <summary>Takes a result that changes no status. It matters where it is another failure of a target whose failure is not told.</summary>
    public void AddResult(Target target, ProbeResult result, Recorded recorded)
    {
        if (recorded.IsJudged && !result.Passed && target.Status is TargetStatus.Fail && (target.UntoldChange is not null || _failed.Contains(target.Id)))
        {
            var edge = new StatusEdge(target.PreviousStatus ?? TargetStatus.Pass, TargetStatus.Fail, target.StatusSince ?? now, Since: null, IsAnnounced: true);
            _steps.Add(new Step(target, result, null, Announcement.Of(target, result, edge, recorded.Incident, Guid.CreateVersion7(now)), target.StatusSince));
        }
    }

    /// <summary>Decides what is told, and writes the payloads of the changes. It must run before the changes are stored.</summary>
    /// <param name="broughtForward">Gets the targets that are probed sooner than was booked.</param>
    /// <param name="cancellationToken">Cancels the work on the database.</param>
    public async Task WriteAsync(HashSet<Target> broughtForward, CancellationToken cancellationToken)
    {
        if (_steps.Count == 0)
        {
            return;
        }

        var labels = await db.ReadLabelsAsync(_steps.Select(step => step.Target.Id), cancellationToken);
        var known = await windows.GetAsync(db, cancellationToken);
        foreach (var step in _steps)
        {
            var labelled = labels[step.Target.Id];
            if (step.Change is { } change)
            {
                change.Payload = JsonSerializer.Serialize(step.Message.With(labelled));
            }

            if (step.Change?.StoredAt is null)
            {
                Decide(step, Covering(known, step, labelled), step.Message.With(labelled), broughtForward);
            }
        }

        await TellLateAsync(cancellationToken);
        if (_marked.Count > 0)
        {
            await FoldWrites.Untold.RunAsync(db, _marked, cancellationToken);
        }
    }

    // A Prober's clock may be ahead.
    private Coverage? Covering(WindowSet known, Step step, LabelledTarget labelled)
        => known.Covering(TargetFacts.Of(step.Target, labelled.Group, labelled.Labels), step.Result.StartedAt < now ? step.Result.StartedAt : now, now);

    private void Decide(Step step, Coverage? coverage, TargetStatusChanged message, HashSet<Target> broughtForward)
    {
        var (target, untold) = (step.Target, step.Target.UntoldChange);
        if (step.Change is not { } change)
        {
            if (untold is not null && coverage is null)
            {
                _due.Add((untold, step, message with { ProbedAt = step.Result.StartedAt }));
                Mark(target, null);
            }
        }
        else
        {
            change.Decision = TellingRule.Of(change.ToStatus, coverage is not null, untold is not null);
            change.DecidedBy = change.Decision is Decision.Maintenance ? coverage?.Window.Name : null;
            change.StoredAt = Decision.IsUntold(change.Decision) ? now : null;
            Mark(target, change.Decision is Decision.Maintenance ? change.ChangeId.ToString() : null);
        }

        if (target.UntoldChange is not null && coverage?.Until is { } end && TellingRule.NextProbe(target.Id, end, target.NextProbeAt) is var next && next != target.NextProbeAt)
        {
            target.NextProbeAt = next;
            broughtForward.Add(target);
        }
    }

    private void Mark(Target target, string? change)
    {
        if (target.UntoldChange != change)
        {
            target.UntoldChange = change;
            _marked.Add(target);
        }
    }

    private async Task TellLateAsync(CancellationToken cancellationToken)
    {
        if (_due.Count == 0)
        {
            return;
        }

        var changes = await UntoldChanges.FindAsync(db, _due.Select(due => due.ChangeId), _new, cancellationToken);
        foreach (var (id, step, message) in _due)
        {
            var change = changes.GetValueOrDefault(id);
            if (change is null)
            {
                _new.Insert(0, UntoldChanges.New(message)); // what was stored is too old to be kept; the batch has made no earlier one of the target
            }
            else if (UntoldChanges.IsOf(step.Since, change))
            {
                UntoldChanges.Tell(change, message);
                if (!_new.Contains(change))
                {
                    _late.Add(change);
                }
            }
        }
    }

    /// <param name="Target">The target.</param>
    /// <param name="Result">The result.</param>
    /// <param name="Change">The change that it made; null: it is another failure.</param>
    /// <param name="Message">What is told, without group and labels.</param>
    /// <param name="Since">Since when the target had its status after the result: later ones of the batch may have changed it again.</param>
    private sealed record Step(Target Target, ProbeResult Result, StatusChange? Change, TargetStatusChanged Message, DateTimeOffset? Since);
}
