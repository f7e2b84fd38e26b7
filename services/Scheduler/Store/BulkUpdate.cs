using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Updates columns of many rows of a table, each with values of its own. MySQL runs one statement, which gets the values as one JSON parameter and
/// reads it as a table <c>r</c>. In SQLite a statement is no round trip, so a statement is prepared once and run for each row.
/// </summary>
/// <typeparam name="TRow">What holds the values of a row.</typeparam>
internal sealed class BulkUpdate<TRow>
{
    private readonly string _table;
    private readonly BulkColumn[] _columns;
    private readonly Func<TRow, object?>[] _values; // the id, and one for each column
    private readonly string _mySql;
    private readonly string _sqlite;

    private BulkUpdate(string table, BulkColumn[] columns, Func<TRow, object?>[] values)
    {
        (_table, _columns, _values) = (table, columns, values);
        _mySql = MySql(table, columns);
        _sqlite = Sqlite(table, columns);
    }

    /// <summary>Begins an update of the targets with these ids, of no column yet.</summary>
    public static BulkUpdate<TRow> ById(Func<TRow, long> id) => ById("targets", id);

    /// <summary>Begins an update of the rows of a table with these ids, of no column yet.</summary>
    public static BulkUpdate<TRow> ById(string table, Func<TRow, long> id) => new(table, [], [row => id(row)]);

    /// <summary>Sets a column to an instant.</summary>
    public BulkUpdate<TRow> Set(string column, Func<TRow, DateTimeOffset?> value) => With(column, "DATETIME(6)", BulkUse.Set, row => value(row));

    /// <summary>Sets a column to a number.</summary>
    public BulkUpdate<TRow> Set(string column, Func<TRow, long> value) => With(column, "BIGINT", BulkUse.Set, row => value(row));

    /// <summary>Sets a column to a text of at most <paramref name="longest"/> characters.</summary>
    public BulkUpdate<TRow> Set(string column, int longest, Func<TRow, string?> value) => With(column, $"VARCHAR({longest})", BulkUse.Set, value);

    /// <summary>Sets a column to an id.</summary>
    public BulkUpdate<TRow> Set(string column, Func<TRow, Guid?> value) => With(column, BulkColumn.MySqlId, BulkUse.Set, row => value(row));

    /// <summary>Sets a column to some bytes, a few thousand at the most.</summary>
    public BulkUpdate<TRow> Set(string column, Func<TRow, byte[]?> value) => With(column, BulkColumn.MySqlBytes, BulkUse.Set, value);

    /// <summary>Sets a column to an instant, unless the instant is null.</summary>
    public BulkUpdate<TRow> SetUnlessNull(string column, Func<TRow, DateTimeOffset?> value) => With(column, "DATETIME(6)", BulkUse.SetUnlessNull, row => value(row));

    /// <summary>Sets a column to a text of any length, unless the text is null.</summary>
    public BulkUpdate<TRow> SetUnlessNull(string column, Func<TRow, string?> value) => With(column, "LONGTEXT", BulkUse.SetUnlessNull, value);

    /// <summary>Adds a number to a column. A column at the end of its range stays there; an operator may have set it so in SQL.</summary>
    public BulkUpdate<TRow> Add(string column, Func<TRow, long> value) => With(column, "BIGINT", BulkUse.Add, row => value(row));

    /// <summary>Restricts the update to rows whose column equals this instant.</summary>
    public BulkUpdate<TRow> Where(string column, Func<TRow, DateTimeOffset> value) => With(column, "DATETIME(6)", BulkUse.Match, row => value(row));

    /// <summary>Updates the rows. In SQLite a transaction must have begun.</summary>
    public Task RunAsync(SchedulerDb db, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return Task.CompletedTask;
        }

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

    private BulkUpdate<TRow> With(string column, string mySqlType, BulkUse use, Func<TRow, object?> value)
        => new(_table, [.. _columns, new BulkColumn(column, mySqlType, use)], [.. _values, value]);

    private static string MySql(string table, BulkColumn[] columns)
    {
        var read = columns.Select((column, i) => $", c{i} {column.MySqlType} PATH '$[{i + 1}]'");
        return $"UPDATE {table} JOIN JSON_TABLE({{0}}, '$[*]' COLUMNS (id BIGINT PATH '$[0]'{string.Concat(read)})) AS r ON r.id = {table}.id "
            + SetAndWhere(columns, i => columns[i].MySqlType == BulkColumn.MySqlBytes ? $"FROM_BASE64(r.c{i})" : $"r.c{i}", "1 = 1");
    }

    // The first parameter is the id.
    private static string Sqlite(string table, BulkColumn[] columns) => $"UPDATE {table} {SetAndWhere(columns, i => $"?{i + 2}", "id = ?1")}";

    private static string SetAndWhere(BulkColumn[] columns, Func<int, string> value, string where)
    {
        var parts = columns.Select((column, i) => (column.Use, Sql: column.Sql(value(i)))).ToList();
        var set = parts.Where(part => part.Use is not BulkUse.Match).Select(part => part.Sql);
        var conditions = parts.Where(part => part.Use is BulkUse.Match).Select(part => part.Sql);
        return $"SET {string.Join(", ", set)} WHERE {string.Join(" AND ", [where, .. conditions])}";
    }
}
