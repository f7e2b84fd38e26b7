using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Checks a SQLite store once a minute while it is in use. A file that was damaged, truncated, deleted or made read-only is logged at each
/// check, and this process is not ready. A MySQL server does such checks itself.
/// </summary>
internal sealed partial class StoreWatch<TContext>(IServiceScopeFactory scopes, StartupGate gate, TimeProvider clock, ILogger<StoreWatch<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // The check of a large store takes seconds. So the pause is at least 50 times as long as the check took, which limits its cost to about
    // 2 %.
    private const int LeastRest = 50;

    /// <summary>What the last check has found wrong with the store; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Checks the store, and logs a fault or its end.</summary>
    public void Examine()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        if (!database.IsSqlite())
        {
            return;
        }

        var (path, before) = (database.GetDbConnection().DataSource, Fault);
        Fault = SqliteExamination.FaultOf(database.GetConnectionString()!);
        if (Fault is not null)
        {
            LogFaulty(gate.Name, path, Fault);
        }
        else if (before is not null)
        {
            LogWell(gate.Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await gate.WaitAsync(stoppingToken);
            while (true)
            {
                var began = clock.GetTimestamp();

                // The check reads for long. On a thread of its own it does not block other work.
                await Task.Factory.StartNew(Examine, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                var rest = LeastRest * clock.GetElapsedTime(began);
                await Task.Delay(rest > Interval ? rest : Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The file of {Database}, {Path}, cannot be used as it is: {Fault} Stop Skypunch, keep a copy of the file, and restore it from a backup or mend it (sqlite3 FILE .recover).")]
    private partial void LogFaulty(string database, string path, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of {Database} can be used again.")]
    private partial void LogWell(string database);
}
