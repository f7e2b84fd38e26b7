using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Sets a target aside whose row cannot be read or written, so that the row does not stop other targets. The target's status line says what
/// is wrong with which column, and the row is tried again a few seconds later. The status stays as it is, since nothing is known about the
/// target. After several attempts in a row a notice is raised, once, like the notice about slots that could not be probed.
/// <see cref="Folding.UnprobedSlots"/> raises a notice when the target has a result again.
/// </summary>
internal sealed class SetAside(SchedulerDb db, BadRows badRows, IOptions<SchedulerOptions> options, TimeProvider clock)
{
    /// <summary>The reason that is written into the row.</summary>
    public const string Reason = "row_unusable";

    private const string Mend = "It is not probed until its row is mended in SQL.";

    /// <summary>The rows that were found bad a short time ago.</summary>
    public BadRows BadRows => badRows;

    /// <summary>Sets a target aside on which work has failed.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="fault">The exception that the work has thrown.</param>
    /// <param name="cancellationToken">Cancels the work on the database.</param>
    public async Task RunAsync(long id, Exception fault, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // so that nothing of the failed work is saved
        if (await ReadableColumns.ReadAsync(db, id, cancellationToken) is not { } row)
        {
            return; // deleted meanwhile
        }

        var unexplained = row.Faults.Count == 0 && !fault.IsRefusedValue() ? fault : null;
        var words = row.Faults.Count > 0 ? Sentence(row.Faults) : OneLine.Of($"Skypunch cannot work with its row: {fault.GetBaseException().Message}");
        await RunAsync(id, words, unexplained, cancellationToken);
    }

    /// <summary>
    /// Sets aside those of some targets whose rows cannot be read. One query reads all of them, since many may be bad at once and the other
    /// targets wait.
    /// </summary>
    /// <param name="ids">The ids of targets whose rows may be bad.</param>
    /// <param name="cancellationToken">Cancels the work on the database.</param>
    /// <returns>The ids of the targets that are set aside.</returns>
    public async Task<HashSet<long>> UnreadableAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var bad = (await ReadableColumns.ReadAsync(db, [.. ids], cancellationToken)).Where(row => row.Faults.Count > 0).ToList();
        foreach (var row in bad)
        {
            await RunAsync(row.Target.Id, Sentence(row.Faults), null, cancellationToken);
        }

        return [.. bad.Select(row => row.Target.Id)];
    }

    /// <summary>Sets a target aside.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="faults">What is wrong with its row.</param>
    /// <param name="cancellationToken">Cancels the work on the database.</param>
    public Task RunAsync(long id, IReadOnlyList<string> faults, CancellationToken cancellationToken) => RunAsync(id, Sentence(faults), null, cancellationToken);

    /// <summary>Writes into a target's status line what is wrong with its row. The target is not set aside: it is still probed.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="cancellationToken">Cancels the work on the database.</param>
    public async Task ReportAsync(long id, IReadOnlyList<string> faults, CancellationToken cancellationToken)
    {
        var words = Sentence(faults, "Its probes have no result until that is entered anew.");
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET status_description = {words}, reason = {Reason} WHERE id = {id}", cancellationToken);
        badRows.Report(id, words);
    }

    /// <summary>What the row's status line says.</summary>
    public static string Sentence(IReadOnlyList<string> faults, string remedy = Mend)
    {
        var text = string.Join("; ", faults);
        return char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ". " + remedy;
    }

    private async Task RunAsync(long id, string words, Exception? unexplained, CancellationToken cancellationToken)
    {
        var isWritten = await TryWriteAsync(id, words, cancellationToken);
        badRows.Add(id, words, isWritten, unexplained);
    }

    private async Task<bool> TryWriteAsync(long id, string words, CancellationToken cancellationToken)
    {
        try
        {
            await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginLockingAsync(cancellationToken) : null;
            await WriteAsync(id, words, cancellationToken);
            await RaiseNoticeIfDueAsync(id, words, cancellationToken);
            await (own?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            return true;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return false; // the database refuses every change to the row: only this process remembers it
        }
    }

    // The statement leaves other columns as they are, so they need not be readable.
    private Task<int> WriteAsync(long id, string words, CancellationToken cancellationToken)
    {
        var shown = words.Length <= SchedulerDb.LongestDescription ? words : words[..(SchedulerDb.LongestDescription - 1)] + "…";
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE targets SET status_description = {shown}, reason = {Reason}, next_probe_at = {(clock.GetUtcNow() + BadRows.Pause).UtcDateTime},
                in_flight_slot_at = NULL, in_flight_until = NULL,
                repeated_not_probed = CASE WHEN repeated_not_probed BETWEEN 0 AND 1000000 THEN repeated_not_probed + 1 ELSE 1 END
            WHERE id = {id}
            """,
            cancellationToken);
    }

    // Each attempt adds one, whichever Scheduler makes it, so exactly one attempt reaches the number at which the notice is raised.
    private async Task RaiseNoticeIfDueAsync(long id, string words, CancellationToken cancellationToken)
    {
        var attempts = options.Value.NotProbedNotice;
        if (!await db.Targets.AnyAsync(target => target.Id == id && target.RepeatedNotProbed == attempts && target.Enabled, cancellationToken))
        {
            return;
        }

        var name = (await ReadableColumns.ReadAsync(db, id, cancellationToken))?.Target.Name is { Length: > 0 } and not Target.TooLong and var readable ? OneLine.Of(readable) : $"Target {id}";
        db.Notices.Add(NoticeRow.Of(new Notice
        {
            NoticeId = Guid.CreateVersion7(clock.GetUtcNow()),
            TargetId = id,
            About = name,
            Kind = "not_probed",
            Subject = $"{name} cannot be probed",
            Text = $"Skypunch cannot work with the row of {name}. {words}\nIts status is what it was before, and may no longer be true. You are told when the target can be probed again.",
            At = clock.GetUtcNow(),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
