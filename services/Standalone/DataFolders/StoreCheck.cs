using Microsoft.Data.Sqlite;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.DataFolders;

/// <summary>
/// Checks that a store can be used, so that a store that is damaged, truncated, read-only or unreadable fails the start at once. Otherwise
/// the start would wait for it, or begin with an empty store.
/// </summary>
internal static class StoreCheck
{
    // The application_id of each store that a daemon has been ready with (sqlite.org/pragma.html#pragma_application_id): "Skyp".
    private const int Mark = 0x536B7970;

    /// <exception cref="StartupException">The file is there, but is not a store that this user can write to.</exception>
    public static void EnsureUsable(string path)
    {
        if (!File.Exists(path))
        {
            return; // it is made at the first start
        }

        if (File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new StartupException($"The store {path} is read-only: let this user write to it.");
        }

        Ask(path, "BEGIN IMMEDIATE; SELECT count(*) FROM sqlite_master; ROLLBACK;");
    }

    /// <summary>Refuses an empty store where the other store has been in use.</summary>
    /// <exception cref="StartupException">The store was truncated, and would be taken for a new one.</exception>
    public static void EnsureWhole(string path, string other)
    {
        if (File.Exists(path) && File.Exists(other) && IsEmpty(path) && Ask(other, "PRAGMA application_id") == Mark)
        {
            throw new StartupException($"The store {path} is empty, though {other} has been in use: restore {path}, or delete both to begin anew.");
        }
    }

    /// <summary>Notes in the store that a daemon has been ready with it.</summary>
    public static void MarkUsed(string path)
    {
        if (Ask(path, "PRAGMA application_id") != Mark)
        {
            Ask(path, $"PRAGMA application_id = {Mark}; SELECT 0;");
        }
    }

    private static bool IsEmpty(string path) => Ask(path, "SELECT count(*) FROM sqlite_master") == 0;

    private static long Ask(string path, string sql)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException e)
        {
            throw new StartupException($"The store {path} cannot be used: {e.Message}");
        }
    }
}
