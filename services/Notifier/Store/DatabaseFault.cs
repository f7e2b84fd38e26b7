using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Notifier.Store;

/// <summary>Tells faults of the database from our own.</summary>
internal static class DatabaseFault
{
    /// <summary>Whether the database has failed: it is out of reach or too busy, or two transactions waited for each other.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        DbException or DbUpdateException or TimeoutException => true,

        // A connection that broke within an answer: the MySQL provider does not wrap this exception. What a mail server does is never an
        // exception here.
        IOException or SocketException => true,

        // In this exception the MySQL provider wraps all faults that may pass, to advise its own way of retrying.
        InvalidOperationException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
