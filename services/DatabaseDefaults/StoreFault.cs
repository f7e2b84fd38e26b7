using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>The kinds of faults of the store, by whether a retry may succeed.</summary>
public enum StoreFault
{
    /// <summary>
    /// The fault is not of the store, or a retry would fail in the same way: a value that does not fit, a statement that is wrong.
    /// </summary>
    None,

    /// <summary>The store is unavailable to everybody: it cannot be reached, is starting, full or read-only.</summary>
    Away,

    /// <summary>The store is available, but another transaction was in the way: a lock, a deadlock.</summary>
    Busy,
}

/// <summary>Classifies the faults of the store.</summary>
public static class StoreFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    // See sqlite.org/rescode.html: NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS, NOTADB.
    private static readonly HashSet<int> SqliteAway = [7, 8, 10, 11, 13, 14, 15, 22, 26];

    // MySqlErrorCode has the numbers of the MySQL server's error reference.
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
        MySqlErrorCode.ClientInteractionTimeout, // the server has ended the session after its wait_timeout
    ];

    /// <summary>The kind of the fault that an exception reports.</summary>
    public static StoreFault Of(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => StoreFault.Busy,
        SqliteException sqlite => SqliteAway.Contains(sqlite.SqliteErrorCode) ? StoreFault.Away : StoreFault.None,
        MySqlException mySql when MySqlBusy.Contains(mySql.ErrorCode) => StoreFault.Busy,
        MySqlException mySql when MySqlAway.Contains(mySql.ErrorCode) => StoreFault.Away,
        MySqlException { InnerException: { } inner } => Of(inner) is StoreFault.None ? StoreFault.Away : Of(inner),

        // Faults that the driver reports itself, such as a connection that ended unexpectedly, have no error number of the server.
        MySqlException { ErrorCode: MySqlErrorCode.None or MySqlErrorCode.UnableToConnectToHost } => StoreFault.Away,
        MySqlProtocolException or MySqlEndOfStreamException or System.Net.Sockets.SocketException or EndOfStreamException or IOException or TimeoutException => StoreFault.Away,
        { InnerException: { } inner } => Of(inner),
        _ => StoreFault.None,
    };
}
