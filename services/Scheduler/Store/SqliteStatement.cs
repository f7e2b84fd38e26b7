using System.Text;
using Microsoft.Data.Sqlite;
using Skypunch.DatabaseDefaults;
using SQLitePCL;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// A statement that SQLite prepares once and runs for many rows. Values are bound by their position: an ADO.NET command looks up each
/// parameter by its name at each run, which costs more than the run itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];

    /// <summary>Prepares the statement.</summary>
    /// <exception cref="SqliteException">The SQL is not valid.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Runs the statement for one row.</summary>
    /// <exception cref="SqliteException">SQLite cannot run it with these values.</exception>
    public void Run<TRow>(TRow row, Func<TRow, object?>[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(i + 1, values[i](row)));
        }

        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(result);
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        string text => BindText(place, text),
        DateTimeOffset instant => raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, InstantText.Write(instant, _text))),
        Guid id => BindText(place, id.ToString().ToUpperInvariant()), // as Entity Framework writes and compares it
        _ => throw new NotSupportedException($"{value.GetType()} is not written to the store."),
    };

    // SQLite copies the text, so the buffer can be used again.
    private int BindText(int place, string text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < longest)
        {
            _text = new byte[longest];
        }

        return raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
