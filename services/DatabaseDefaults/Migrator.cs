using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Migrates the tables at the start, and waits for a database that is not up yet. Replicas that start together get EF Core's migration lock
/// one after the other.
/// </summary>
internal sealed partial class Migrator<TContext>(
    IServiceScopeFactory scopes,
    StartupGate gate,
    TimeProvider clock,
    ILogger<Migrator<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    // SQLite deletes its write-ahead log when the last connection is closed. This connection stays open, so that the log is not created
    // again for every call.
    private SqliteConnection? _anchor;

    public override void Dispose()
    {
        _anchor?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!gate.IsOpen)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                gate.Open();
                LogMigrated(gate.Name);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                gate.Fail(e.GetBaseException().Message);
                LogWaiting(gate.Name, e.GetBaseException().Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        if (database.IsSqlite())
        {
            // In SQLite, EF Core's lock is a row, which remains when a process is killed during a migration. It can be removed, since this
            // process is the only one (see docs/architecture.md).
            await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }

        var changes = (await database.GetPendingMigrationsAsync(cancellationToken)).Count();
        gate.Begin(changes == 0 ? "its tables are looked at" : $"its tables are brought up to date, by {changes} changes");
        if (changes > 0)
        {
            LogMigrating(gate.Name, changes);
        }

        database.SetCommandTimeout(Patience); // of a large table, after that of another replica
        await database.MigrateAsync(cancellationToken);
        if (database.IsSqlite())
        {
            _anchor = new SqliteConnection(database.GetConnectionString());
            await _anchor.OpenAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bringing the tables of {Database} up to date, by {Changes} changes.")]
    private partial void LogMigrating(string database, int changes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database} is up to date.")]
    private partial void LogMigrated(string database);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for {Database}: {Reason}")]
    private partial void LogWaiting(string database, string reason);
}
