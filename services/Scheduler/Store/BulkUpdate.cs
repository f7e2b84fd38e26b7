using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Updates many targets, each with values of its own. In MySQL by one statement, to which the values travel as one JSON parameter that it reads as a table
/// <c>r</c>; in SQLite, where a statement is no journey, by one that is prepared once and run for each row.
/// In this folder MySQL and SQLite differ here, in <see cref="TraceUpsert"/> and in <see cref="RowLock"/>, and nowhere else.
/// </summary>
/// <typeparam name="TRow">What holds the values of a target.</typeparam>
internal sealed partial class BulkUpdate<TRow>
{
    private readonly string _mySql;
    private readonly string _sqlite;
    private readonly Func<TRow, object?>[] _values;

    /// <summary>Prepares the statement.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="columns">The columns of <c>r</c> beside its <c>id</c>: their names, their MySQL types, and their values: texts, whole numbers, instants, or null.</param>
    /// <param name="set">What to set; a column of the table stands alone on the left and after <c>targets.</c> on the right.</param>
    /// <param name="where">A further condition on <c>targets</c> and <c>r</c>.</param>
    public BulkUpdate(Func<TRow, long> id, (string Name, string Type, Func<TRow, object?> Value)[] columns, string set, string where = "1 = 1")
    {
        _values = [row => id(row), .. columns.Select(column => column.Value)];

        var mySqlColumns = string.Join(", ", columns.Select((column, i) => $"{column.Name} {column.Type} PATH '$[{i + 1}]'"));
        _mySql = $"UPDATE targets JOIN JSON_TABLE({{0}}, '$[*]' COLUMNS (id BIGINT PATH '$[0]', {mySqlColumns})) AS r ON r.id = targets.id SET {set} WHERE {where}";

        string[] names = ["id", .. columns.Select(column => column.Name)];
        _sqlite = ColumnOfRow().Replace($"UPDATE targets SET {set} WHERE targets.id = r.id AND {where}", column => $"?{Array.IndexOf(names, column.Groups[1].Value) + 1}");
    }

    /// <summary>Updates the targets of the rows. In SQLite a transaction must have begun.</summary>
    public Task RunAsync(SchedulerDb db, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
    {
        if (!db.IsSqlite)
        {
            return db.Database.ExecuteSqlRawAsync(_mySql, [RowsJson.Write(rows, _values)], cancellationToken);
        }

        using var statement = new SqliteStatement((SqliteConnection)db.Database.GetDbConnection(), _sqlite);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            statement.Run(row, _values);
        }

        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\br\.(\w+)")]
    private static partial Regex ColumnOfRow();
}
