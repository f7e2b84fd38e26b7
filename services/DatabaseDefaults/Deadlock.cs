using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>Two transactions that waited for each other.</summary>
public static class Deadlock
{
    /// <summary>Whether MySQL has rolled a transaction back so that another could go on: it is fit to be run again at once.</summary>
    public static bool IsDeadlock(this Exception exception) => exception switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock } => true,
        { InnerException: { } inner } => inner.IsDeadlock(),
        _ => false,
    };
}
