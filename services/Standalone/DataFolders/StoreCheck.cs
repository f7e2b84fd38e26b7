using Microsoft.Data.Sqlite;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.DataFolders;

/// <summary>Looks whether a store can be used, so that a damaged or unreadable one is told at once instead of being waited for.</summary>
internal static class StoreCheck
{
    /// <exception cref="StartupException">The file is there, but is not a store that this user can write to.</exception>
    public static void EnsureUsable(string path)
    {
        if (!File.Exists(path))
        {
            return; // it is made at the first start
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE; SELECT count(*) FROM sqlite_master; ROLLBACK;";
            command.ExecuteScalar();
        }
        catch (SqliteException e)
        {
            throw new StartupException($"The store {path} cannot be used: {e.Message}");
        }
    }
}
