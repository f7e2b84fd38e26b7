using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Skypunch.DatabaseDefaults;
using SQLitePCL;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Distinguishes an exception that the values of a row may have caused from an exception of the database as a whole. Pure.
/// </summary>
internal static class RowExceptions
{
    // SQLSTATE classes of faults of a value: "data exception" and "integrity constraint violation".
    private static readonly string[] OfValues = ["22", "23"];

    /// <summary>
    /// Whether the values of a row may be at fault. They are not where the database is unreachable, full, locked or damaged.
    /// </summary>
    public static bool MayBeOfRow(this Exception exception)
    {
        if (StoreFaults.Of(exception) is not StoreFault.None)
        {
            return false;
        }

        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OperationCanceledException or IOException or TimeoutException or ObjectDisposedException:
                    return false;
                case DbException database:
                    return IsOfValue(database);
            }
        }

        return true;
    }

    /// <summary>Whether the database has refused a value of a row.</summary>
    public static bool IsRefusedValue(this Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException database)
            {
                return IsOfValue(database);
            }
        }

        return false;
    }

    private static bool IsOfValue(DbException exception) => exception switch
    {
        SqliteException e => e.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE,
        MySqlException e => OfValues.Any(state => e.SqlState?.StartsWith(state, StringComparison.Ordinal) is true) || e.ErrorCode is
            MySqlErrorCode.PacketTooLarge or MySqlErrorCode.TruncatedWrongValueForField or MySqlErrorCode.WarningDataTruncated,
        _ => false,
    };
}
