using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Sets a target aside whose row cannot be read or written, so that it stops no other: its own status line says what is wrong with which column, and it is looked at
/// again a few seconds later. Its status stays as it is: nobody knows how the target does.
/// </summary>
internal sealed class SetAside(SchedulerDb db, BadRows badRows, TimeProvider clock)
{
    /// <summary>The reason that the row shows.</summary>
    public const string Reason = "row_unusable";

    private const string Mend = "It is not probed until its row is mended in SQL.";

    /// <summary>The rows that were found bad a short time ago.</summary>
    public BadRows BadRows => badRows;

    /// <summary>Sets a target aside that made its work fail.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="fault">What the work on it has thrown.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task RunAsync(long id, Exception fault, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // of what has failed nothing is saved
        if (await ReadableColumns.ReadAsync(db, id, cancellationToken) is not { } row)
        {
            return; // deleted meanwhile
        }

        var unexplained = row.Faults.Count == 0 && !fault.IsRefusedValue() ? fault : null;
        var words = row.Faults.Count > 0 ? Sentence(row.Faults) : OneLine.Of($"Skypunch cannot work with its row: {fault.GetBaseException().Message}");
        await RunAsync(id, words, unexplained, cancellationToken);
    }

    /// <summary>Sets those aside of some targets whose rows cannot be read: all in one look, as many may be bad at once and the others wait.</summary>
    /// <param name="ids">Targets that may be bad.</param>
    /// <param name="cancellationToken">Breaks off.</param>
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
    /// <param name="id">Its id.</param>
    /// <param name="faults">What is wrong with its row.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task RunAsync(long id, IReadOnlyList<string> faults, CancellationToken cancellationToken) => RunAsync(id, Sentence(faults), null, cancellationToken);

    /// <summary>Has a target say what is wrong with its row, and goes on with it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task TellAsync(long id, IReadOnlyList<string> faults, CancellationToken cancellationToken)
    {
        var words = Sentence(faults, "Its probes have no result until that is entered anew.");
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET status_description = {words}, reason = {Reason} WHERE id = {id}", cancellationToken);
        badRows.Tell(id, words);
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

    // What is not of these columns is left as it is, and so need not be readable.
    private async Task<bool> TryWriteAsync(long id, string words, CancellationToken cancellationToken)
    {
        try
        {
            var shown = words.Length <= SchedulerDb.LongestDescription ? words : words[..(SchedulerDb.LongestDescription - 1)] + "…";
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE targets SET status_description = {shown}, reason = {Reason}, next_probe_at = {(clock.GetUtcNow() + BadRows.Pause).UtcDateTime},
                    in_flight_slot_at = NULL, in_flight_until = NULL
                WHERE id = {id}
                """,
                cancellationToken);
            return true;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return false; // something in the database refuses every change to the row: the memory of this process must do
        }
    }
}
