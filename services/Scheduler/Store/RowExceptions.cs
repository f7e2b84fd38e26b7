using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Skypunch.DatabaseDefaults;
using SQLitePCL;

namespace Skypunch.Scheduler.Store;

/// <summary>Tells an exception that may come of what stands in a row from an exception of the database as a whole. Pure.</summary>
internal static class RowExceptions
{
    // SQLSTATE classes of what is wrong with a value: "data exception" and "integrity constraint violation".
    private static readonly string[] OfValues = ["22", "23"];

    /// <summary>Whether a row may be at fault. A database that is away, full, locked or damaged is not of a row.</summary>
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
