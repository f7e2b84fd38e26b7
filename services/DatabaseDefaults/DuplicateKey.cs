using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;
using SQLitePCL;

namespace Skypunch.DatabaseDefaults;

/// <summary>Recognizes violations of unique keys.</summary>
public static class DuplicateKey
{
    /// <summary>Whether the database has refused a row because another row has the same primary key or the same unique value.</summary>
    public static bool IsDuplicateKey(this DbUpdateException exception) => exception.InnerException switch
    {
        MySqlException e => e.ErrorCode is MySqlErrorCode.DuplicateKeyEntry,
        SqliteException e => e.SqliteExtendedErrorCode is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        _ => false,
    };
}
