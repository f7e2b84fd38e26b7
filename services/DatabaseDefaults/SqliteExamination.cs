using Microsoft.Data.Sqlite;

namespace Skypunch.DatabaseDefaults;

/// <summary>Looks at a SQLite store from outside of its connections, whose caches may hide for hours what has become of the file.</summary>
internal static class SqliteExamination
{
    // Another writer may have the store for so long.
    private const int BusySeconds = 30;

    /// <summary>What is wrong with the store; null: nothing is. It takes as long as reading the whole file takes.</summary>
    /// <param name="connectionString">Of the store.</param>
    public static string? FaultOf(string connectionString)
    {
        // It must not make the file anew that somebody has deleted.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = BusySeconds };
        try
        {
            using var connection = new SqliteConnection(settings.ConnectionString);
            connection.Open();
            Run(connection, "BEGIN IMMEDIATE; ROLLBACK;"); // it can be written to
            var answer = Run(connection, "PRAGMA quick_check(1)");
            return answer is "ok" ? null : $"SQLite finds it damaged: {answer}";
        }
        catch (SqliteException e) when (StoreFaults.Of(e) is not StoreFault.Busy)
        {
            return e.Message;
        }
        catch (SqliteException)
        {
            return null; // a writer has it, which it has not refused
        }
    }

    private static string? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString()?.Split('\n')[0];
    }
}
