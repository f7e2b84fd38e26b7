using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Notifier.Store;

/// <summary>Faults of the database, told from ours.</summary>
internal static class DatabaseFault
{
    /// <summary>Whether it was the database that failed: gone, too busy, or two transactions that waited for each other.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        DbException or DbUpdateException or TimeoutException => true,

        // A connection that ended amid an answer: the MySQL provider lets it through as it is. What a mail server does is never an exception here.
        IOException or SocketException => true,

        // So the MySQL provider wraps all that may pass, to advise its own way of asking again.
        InvalidOperationException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
