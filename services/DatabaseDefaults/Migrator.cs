using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Brings the tables up to date at the start, and waits for a database that is not up yet. Replicas that start together take EF Core's migration lock in turn.
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

    // SQLite deletes its write-ahead log when the last connection closes; this one stays open, so that it is not made anew with every call.
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
            // EF Core's lock is a row here, which a process killed during a migration leaves behind. There is only this process (see docs/architecture.md).
            await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }

        var changes = (await database.GetPendingMigrationsAsync(cancellationToken)).Count();
        gate.Begin(changes == 0 ? "its tables are looked at" : $"its tables are brought up to date, by {changes} changes");
        if (changes > 0)
        {
            LogMigrating(gate.Name, changes);
        }

        database.SetCommandTimeout(Patience); // a large table takes what it takes, and so does another replica's turn
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
