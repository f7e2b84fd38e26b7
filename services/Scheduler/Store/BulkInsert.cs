using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Inserts many rows, in one statement in MySQL and by a prepared statement in SQLite (<see cref="BulkUpdate{TRow}"/>). Where a row with the
/// key is there already, each column says what becomes of it. Where no key is given, all rows are new: the database gives them ids, which
/// ascend in the order of the rows, and refuses a row whose unique value is there already.
/// </summary>
/// <typeparam name="TRow">What holds the values of a row.</typeparam>
internal sealed class BulkInsert<TRow>
{
    private const string Bytes = "LONGTEXT"; // in Base64; several shorter ones would be too long for a row of JSON_TABLE

    private readonly string _table;
    private readonly Column[] _columns;
    private readonly Func<TRow, object?>[] _values;
    private readonly string _mySql;
    private readonly string _sqlite;

    private BulkInsert(string table, Column[] columns, Func<TRow, object?>[] values)
    {
        (_table, _columns, _values) = (table, columns, values);
        (_mySql, _sqlite) = (MySql(), Sqlite());
    }

    /// <summary>Begins an insert into a table, of no column yet.</summary>
    public static BulkInsert<TRow> Into(string table) => new(table, [], []);

    /// <summary>A column of the key.</summary>
    public BulkInsert<TRow> Key(string column, Func<TRow, long> value) => With(new Column(column, "BIGINT", OnConflict.IsKey), row => value(row));

    /// <summary>A number, which is added to that of the row that is there, up to a maximum.</summary>
    public BulkInsert<TRow> Add(string column, long atMost, Func<TRow, long> value) => With(new Column(column, "BIGINT", OnConflict.Add, AtMost: atMost), row => value(row));

    /// <summary>Bytes, which are appended to those of the row that is there.</summary>
    public BulkInsert<TRow> Append(string column, Func<TRow, byte[]?> value) => With(new Column(column, Bytes, OnConflict.Append, IsBytes: true), value);

    /// <summary>Bytes; those of the row that is there stay.</summary>
    public BulkInsert<TRow> Keep(string column, Func<TRow, byte[]?> value) => With(new Column(column, Bytes, OnConflict.Keep, IsBytes: true), value);

    /// <summary>A number of a new row.</summary>
    public BulkInsert<TRow> New(string column, Func<TRow, long> value) => With(new Column(column, "BIGINT", OnConflict.Keep), row => value(row));

    /// <summary>An instant of a new row.</summary>
    public BulkInsert<TRow> New(string column, Func<TRow, DateTimeOffset?> value) => With(new Column(column, "DATETIME(6)", OnConflict.Keep), row => value(row));

    /// <summary>An id of a new row.</summary>
    public BulkInsert<TRow> New(string column, Func<TRow, Guid?> value) => With(new Column(column, BulkColumn.MySqlId, OnConflict.Keep), row => value(row));

    /// <summary>A text of a new row, of at most <paramref name="longest"/> characters.</summary>
    public BulkInsert<TRow> New(string column, int longest, Func<TRow, string?> value) => With(new Column(column, $"VARCHAR({longest})", OnConflict.Keep), value);

    /// <summary>A text of a new row, of any length.</summary>
    public BulkInsert<TRow> New(string column, Func<TRow, string?> value) => With(new Column(column, "LONGTEXT", OnConflict.Keep), value);

    /// <summary>Inserts the rows. In SQLite a transaction must have begun.</summary>
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

    private BulkInsert<TRow> With(Column column, Func<TRow, object?> value) => new(_table, [.. _columns, column], [.. _values, value]);

    private string MySql()
    {
        var read = _columns.Select((column, i) => $"c{i} {column.MySqlType} PATH '$[{i}]'");
        var values = _columns.Select((column, i) => column.IsBytes ? $"FROM_BASE64(r.c{i})" : $"r.c{i}").ToList();
        var insert = $"INSERT INTO {_table} ({Names}) SELECT {string.Join(", ", values)} FROM JSON_TABLE({{0}}, '$[*]' COLUMNS (n FOR ORDINALITY, {string.Join(", ", read)})) AS r ";
        if (!HasKey)
        {
            return $"{insert} ORDER BY r.n";
        }

        var changes = _columns.Select((column, i) => column.Use switch
        {
            OnConflict.Add => $"{column.Name} = LEAST({_table}.{column.Name} + {values[i]}, {column.AtMost})",
            OnConflict.Append => $"{column.Name} = CONCAT(COALESCE({_table}.{column.Name}, ''), COALESCE({values[i]}, ''))",
            _ => $"{column.Name} = {_table}.{column.Name}",
        });
        return $"{insert} ON DUPLICATE KEY UPDATE {string.Join(", ", changes)}";
    }

    // Without the cast, SQLite takes bytes that are joined for a text.
    private string Sqlite()
    {
        var key = _columns.Where(column => column.Use is OnConflict.IsKey).Select(column => column.Name);
        var changes = _columns.Select(column => column.Use switch
        {
            OnConflict.Add => $"{column.Name} = MIN({column.Name} + excluded.{column.Name}, {column.AtMost})",
            OnConflict.Append => $"{column.Name} = CAST(COALESCE({column.Name}, x'') || COALESCE(excluded.{column.Name}, x'') AS BLOB)",
            _ => null,
        }).OfType<string>().ToList();
        var insert = $"INSERT INTO {_table} ({Names}) VALUES ({string.Join(", ", _columns.Select((_, i) => $"?{i + 1}"))})";
        return !HasKey
            ? insert
            : $"{insert} ON CONFLICT ({string.Join(", ", key)}) DO {(changes.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", changes)}")}";
    }

    private bool HasKey => _columns.Any(column => column.Use is OnConflict.IsKey);

    private string Names => string.Join(", ", _columns.Select(column => column.Name));

    private enum OnConflict
    {
        IsKey,
        Add,
        Append,
        Keep,
    }

    private readonly record struct Column(string Name, string MySqlType, OnConflict Use, long AtMost = 0, bool IsBytes = false);
}
