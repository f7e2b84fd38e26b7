using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Empties SQLite's write-ahead log after a secret that a hand had written in plain was sealed, and at the start: until then the log has the page as it was. It waits for no
/// reader and so holds up no writer; while somebody reads, it tries again a little later.
/// </summary>
/// <typeparam name="TContext">The common type of the database.</typeparam>
public sealed partial class WriteAheadLog<TContext> : WorkLoop
    where TContext : DbContext
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<WriteAheadLog<TContext>> _logger;
    private bool _isDue;

    /// <summary>For one process.</summary>
    public WriteAheadLog(IServiceScopeFactory scopes, BusGate busGate, TimeProvider clock, ILogger<WriteAheadLog<TContext>> logger)
        : base(busGate, clock, logger)
    {
        _scopes = scopes;
        _logger = logger;
        EmptySoon(); // a process before this one may have ended before it did
    }

    /// <inheritdoc/>
    protected override TimeSpan Interval => _isDue ? Again : Timeout.InfiniteTimeSpan;

    /// <summary>What was overwritten just now must not be read any more.</summary>
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

    /// <summary>Empties it.</summary>
    /// <returns>Whether it is empty; somebody may have been reading.</returns>
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
            // The first statement answers, too.
        }

        var isEmpty = await answer.ReadAsync(cancellationToken) && answer.GetInt64(0) == 0;
        LogTried(isEmpty);
        return isEmpty;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The write-ahead log was to be emptied, as it held a secret in plain; it is empty: {IsEmpty}.")]
    private partial void LogTried(bool isEmpty);
}
