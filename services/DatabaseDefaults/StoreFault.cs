using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>What a fault of the store says about trying again.</summary>
public enum StoreFault
{
    /// <summary>It is no fault of the store, or one that will be the same the next time: a value that does not fit, a statement that is wrong.</summary>
    None,

    /// <summary>The store takes nothing now, from nobody: it is away, starting, full, read only.</summary>
    Away,

    /// <summary>The store is well; somebody else was in the way: a lock, a deadlock.</summary>
    Busy,
}

/// <summary>Tells the faults of the store apart.</summary>
public static class StoreFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private static readonly HashSet<int> SqliteAway = [7, 8, 10, 11, 13, 14, 15, 22, 26]; // sqlite.org/rescode.html: memory, read only, I/O, corrupt, full, cannot open …

    // mysqlconnector.net gives the numbers of the server's reference of errors.
    private static readonly HashSet<MySqlErrorCode> MySqlBusy =
    [
        MySqlErrorCode.LockDeadlock, MySqlErrorCode.LockWaitTimeout, MySqlErrorCode.CommandTimeoutExpired, MySqlErrorCode.QueryInterrupted, MySqlErrorCode.QueryTimeout,
        MySqlErrorCode.XARBDeadlock, MySqlErrorCode.LockTableFull,
    ];

    private static readonly HashSet<MySqlErrorCode> MySqlAway =
    [
        MySqlErrorCode.UnableToConnectToHost, MySqlErrorCode.ConnectionCountError, MySqlErrorCode.TooManyUserConnections, MySqlErrorCode.UserLimitReached,
        MySqlErrorCode.ServerShutdown, MySqlErrorCode.NormalShutdown, MySqlErrorCode.OptionPreventsStatement, MySqlErrorCode.AccessDenied, MySqlErrorCode.DatabaseAccessDenied,
        MySqlErrorCode.DiskFull, MySqlErrorCode.RecordFileFull, MySqlErrorCode.OutOfMemory, MySqlErrorCode.OutOfResources, MySqlErrorCode.OutOfSortMemory,
        MySqlErrorCode.IPSocketError, MySqlErrorCode.NewAbortingConnection, MySqlErrorCode.AbortingConnection, MySqlErrorCode.ForcingClose,
        MySqlErrorCode.ErrorOnWrite, MySqlErrorCode.ErrorOnRead, MySqlErrorCode.HandshakeError,
    ];

    /// <summary>What the exception says.</summary>
    public static StoreFault Of(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => StoreFault.Busy,
        SqliteException sqlite => SqliteAway.Contains(sqlite.SqliteErrorCode) ? StoreFault.Away : StoreFault.None,
        MySqlException mySql when MySqlBusy.Contains(mySql.ErrorCode) => StoreFault.Busy,
        MySqlException mySql when MySqlAway.Contains(mySql.ErrorCode) => StoreFault.Away,
        MySqlException { InnerException: { } inner } => Of(inner) is StoreFault.None ? StoreFault.Away : Of(inner),

        // The driver's own: a connection that ended in the middle of something has no number of the server's.
        MySqlException { ErrorCode: MySqlErrorCode.None or MySqlErrorCode.UnableToConnectToHost } => StoreFault.Away,
        MySqlProtocolException or MySqlEndOfStreamException or System.Net.Sockets.SocketException or EndOfStreamException or IOException or TimeoutException => StoreFault.Away,
        { InnerException: { } inner } => Of(inner),
        _ => StoreFault.None,
    };
}
