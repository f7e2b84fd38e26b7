using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Skypunch.Contracts.Filters;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>What can be read of a row of <c>notifiers</c>, in which somebody may have written by hand, in SQL, what cannot be read.</summary>
/// <param name="Notifier">The notifier; what cannot be read stands as by default, or is empty.</param>
/// <param name="Faults">What is wrong with which column.</param>
internal sealed record ReadableNotifier(StoredNotifier Notifier, IReadOnlyList<string> Faults)
{
    private const string Remedy = "Mend its row in SQL, or delete the notifier.";

    /// <summary>What is wrong, as a sentence, and what to do; empty: nothing is wrong.</summary>
    public string Sentence
    {
        get
        {
            var text = string.Join("; ", Faults);
            return text.Length > 0 ? $"{char.ToUpperInvariant(text[0])}{text[1..]}. {Remedy}" : "";
        }
    }

    /// <summary>A row that EF Core could read. SQLite has no limits: a text may be too long to be shown.</summary>
    public static ReadableNotifier Of(StoredNotifier notifier)
    {
        var faults = new List<string>();
        if (IsTooLong(notifier.Name, StoredNotifier.LongestName))
        {
            faults.Add($"the column name has more than {StoredNotifier.LongestName} characters");
            notifier.Name = "";
        }

        if (IsTooLong(notifier.Address, StoredNotifier.LongestAddress))
        {
            faults.Add($"the column address has more than {StoredNotifier.LongestAddress} characters");
            notifier.Address = "";
        }

        if (Match.Of(notifier.MatchText).Fault is { } noMatch)
        {
            faults.Add($"the column match_text is no match, so that it is told of everything: {OneLine.Of(noMatch)}");
            notifier.MatchText = Shown(notifier.MatchText, FilterText.Longest);
        }

        if (WorkingHours.Of(notifier.Hours).Fault is { } noHours)
        {
            faults.Add($"the column hours is no text of hours, so that it is told at any time: it {OneLine.Of(noHours)}");
            notifier.Hours = Shown(notifier.Hours, WorkingHours.Longest);
        }

        return new ReadableNotifier(notifier, faults);
    }

    private static string? Shown(string? text, int most) => text is null || text.Length > most ? null : text;

    /// <summary>Reads a page of notifiers column by column, each as EF Core reads it.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="after">The id that the page begins after.</param>
    /// <param name="size">How many at the most.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<List<ReadableNotifier>> ReadAsync(NotifierDb db, long after, int size, CancellationToken cancellationToken)
    {
        var columns = db.Model.FindEntityType(typeof(StoredNotifier))!.GetProperties();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the names are those of our model
            command.CommandText = $"SELECT id, {string.Join(", ", columns.Select(column => $"`{column.GetColumnName()}`"))} FROM notifiers WHERE id > {after} ORDER BY id LIMIT {size}";
#pragma warning restore CA2100
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction(); // MySQL's driver wants to be told which the connection is in
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var notifiers = new List<ReadableNotifier>();
            while (await row.ReadAsync(cancellationToken))
            {
                notifiers.Add(Read(db, row));
            }

            return notifiers;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static ReadableNotifier Read(NotifierDb db, DbDataReader row)
    {
        var (notifier, faults, at) = (new StoredNotifier { Id = row.GetInt64(0), Name = "", Type = "", Address = "" }, new List<string>(), 1); // the id has been read
        foreach (var column in db.Model.FindEntityType(typeof(StoredNotifier))!.GetProperties())
        {
            try
            {
                column.PropertyInfo!.SetValue(notifier, ColumnValue.Read(column, row, at++));
            }
            catch (Exception e) when (UnreadableRows.MayCause(e.GetBaseException()))
            {
                faults.Add($"the column {column.GetColumnName()} cannot be read: {OneLine.Of(e.GetBaseException().Message).TrimEnd('.')}");
            }
        }

        var read = Of(notifier);
        return read with { Faults = [.. faults, .. read.Faults] };
    }

    private static bool IsTooLong(string text, int most) => text.Length > most && text.EnumerateRunes().Skip(most).Any();
}
