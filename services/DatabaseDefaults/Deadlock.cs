using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>Recognizes deadlocks.</summary>
public static class Deadlock
{
    /// <summary>
    /// Whether MySQL has rolled this transaction back because of a deadlock, so that the other one could go on. It can be run again at
    /// once.
    /// </summary>
    public static bool IsDeadlock(this Exception exception) => exception switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock } => true,
        { InnerException: { } inner } => inner.IsDeadlock(),
        _ => false,
    };
}
