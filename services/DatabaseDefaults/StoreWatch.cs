using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Examines a SQLite store again and again while it is in use: a file that was damaged, cut, deleted or made read-only is told in the log, once a minute, and makes this
/// process not ready. The server of a MySQL store does that itself.
/// </summary>
internal sealed partial class StoreWatch<TContext>(IServiceScopeFactory scopes, StartupGate gate, TimeProvider clock, ILogger<StoreWatch<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Of a large store the examination takes seconds: it may cost a fiftieth of the machine at the most.
    private const int LeastRest = 50;

    /// <summary>What is wrong with the store; null: nothing is known to be.</summary>
    public string? Fault { get; private set; }

    /// <summary>Examines the store, and tells.</summary>
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
                await Task.Factory.StartNew(Examine, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default); // it reads for long, which no other work is to wait for
                var rest = LeastRest * clock.GetElapsedTime(began);
                await Task.Delay(rest > Interval ? rest : Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The file of {Database}, {Path}, cannot be used as it is: {Fault} Stop Skypunch, keep a copy of the file, and restore it from a backup or mend it (sqlite3 FILE .recover).")]
    private partial void LogFaulty(string database, string path, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of {Database} can be used again.")]
    private partial void LogWell(string database);
}
