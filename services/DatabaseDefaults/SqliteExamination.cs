using Microsoft.Data.Sqlite;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Checks a SQLite store over a connection of its own. The caches of the other connections may hide for hours that the file is damaged.
/// </summary>
internal static class SqliteExamination
{
    // How long another writer may hold the lock.
    private const int BusySeconds = 30;

    /// <summary>What is wrong with the store; null: nothing is. The check takes as long as reading the whole file.</summary>
    /// <param name="connectionString">The connection string of the store.</param>
    public static string? FaultOf(string connectionString)
    {
        // ReadWrite does not create the file: a file that somebody has deleted must be noticed.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = BusySeconds };
        try
        {
            using var connection = new SqliteConnection(settings.ConnectionString);
            connection.Open();
            Run(connection, "BEGIN IMMEDIATE; ROLLBACK;"); // fails where the file cannot be written
            var answer = Run(connection, "PRAGMA quick_check(1)");
            return answer is "ok" ? null : $"SQLite finds it damaged: {answer}";
        }
        catch (SqliteException e) when (StoreFaults.Of(e) is not StoreFault.Busy)
        {
            return e.Message;
        }
        catch (SqliteException)
        {
            return null; // another writer has the lock, so the store can be written
        }
    }

    private static string? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString()?.Split('\n')[0];
    }
}
