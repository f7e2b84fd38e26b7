using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Empties SQLite's write-ahead log after a plain secret was sealed, and at the start. Until then the log contains the page with the plain
/// secret, which was written by hand in SQL. It does not wait for readers, since that would block writers; while somebody reads, it tries
/// again a second later.
/// </summary>
/// <typeparam name="TContext">The base type of the context.</typeparam>
public sealed partial class WriteAheadLog<TContext> : WorkLoop
    where TContext : DbContext
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<WriteAheadLog<TContext>> _logger;
    private bool _isDue;

    /// <summary>Makes the loop, which empties the log once at the start.</summary>
    public WriteAheadLog(IServiceScopeFactory scopes, BusGate busGate, TimeProvider clock, ILogger<WriteAheadLog<TContext>> logger)
        : base(busGate, clock, logger)
    {
        _scopes = scopes;
        _logger = logger;
        EmptySoon(); // an earlier process may have ended before it emptied the log
    }

    /// <inheritdoc/>
    protected override TimeSpan Interval => _isDue ? Again : Timeout.InfiniteTimeSpan;

    /// <summary>Schedules emptying the log, because it may still hold a plain secret that was just overwritten.</summary>
    public void EmptySoon()
    {
        Volatile.Write(ref _isDue, true);
        Wake();
    }

    /// <inheritdoc/>
    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isDue, false) && !await EmptyAsync(cancellationToken))
        {
            Volatile.Write(ref _isDue, true);
        }
    }

    /// <summary>Tries to empty the log.</summary>
    /// <returns>Whether the log is empty. It is not while somebody reads.</returns>
    internal async Task<bool> EmptyAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        await using var command = ((SqliteConnection)database.GetDbConnection()).CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);";
        await using var answer = await command.ExecuteReaderAsync(cancellationToken);
        while (answer.FieldCount < 3 && await answer.NextResultAsync(cancellationToken))
        {
            // Skips the answer of the first statement.
        }

        var isEmpty = await answer.ReadAsync(cancellationToken) && answer.GetInt64(0) == 0;
        LogTried(isEmpty);
        return isEmpty;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Tried to empty the write-ahead log, since it may contain a plain secret; it is empty: {IsEmpty}.")]
    private partial void LogTried(bool isEmpty);
}
