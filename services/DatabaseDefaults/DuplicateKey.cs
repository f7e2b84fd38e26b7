using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;
using SQLitePCL;

namespace Skypunch.DatabaseDefaults;

/// <summary>A row that was refused because of another row.</summary>
public static class DuplicateKey
{
    /// <summary>Whether a row was refused because another has its primary key or a unique value of it.</summary>
    public static bool IsDuplicateKey(this DbUpdateException exception) => exception.InnerException switch
    {
        MySqlException e => e.ErrorCode is MySqlErrorCode.DuplicateKeyEntry,
        SqliteException e => e.SqliteExtendedErrorCode is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        _ => false,
    };
}
