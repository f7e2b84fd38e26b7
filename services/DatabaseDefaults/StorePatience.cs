using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Runs the transactions of messages. While the store is away they wait, all of them, as none could do anything else, and go on within a second of its return. One that the store could
/// not take for another reason is tried a few times in less than a second: it keeps no place that others need.
/// </summary>
/// <typeparam name="TContext">The common type of the database.</typeparam>
public sealed partial class StorePatience<TContext>(
    StoreWriter<TContext> writer,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<StorePatience<TContext>> logger)
    where TContext : DbContext
{
    private const int Tries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AwayPause = TimeSpan.FromMilliseconds(500);

    private int _waiting;

    /// <summary>Runs a transaction.</summary>
    /// <param name="work">Runs it to its end, commit included. It may be run again.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <typeparam name="TService">What does the work: a scoped service that is given the context.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <exception cref="OperationCanceledException">It was broken off while the store was away.</exception>
    public async Task<TResult> RunAsync<TService, TResult>(Func<TService, Task<TResult>> work, CancellationToken cancellationToken)
        where TService : notnull
    {
        var isWaiting = false;
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await TryAsync(work, cancellationToken);
                }
                catch (Exception e) when (StoreFaults.Of(e) is var fault && fault is not StoreFault.None)
                {
                    if (fault is StoreFault.Busy)
                    {
                        if (tries >= Tries)
                        {
                            throw;
                        }

                        await PauseAsync(FirstPause * (1 << tries) * (0.5 + Random.Shared.NextDouble()), cancellationToken);
                        continue;
                    }

                    isWaiting = isWaiting || NoteAway(e);
                    await ForgetConnectionsAsync(cancellationToken);
                    await PauseAsync(AwayPause, cancellationToken);
                    tries = 0;
                }
            }
        }
        finally
        {
            if (isWaiting && Interlocked.Decrement(ref _waiting) == 0)
            {
                LogGoesOn();
            }
        }
    }

    // Told to stop waiting, the driver may wait on for a server that hangs: then the try is left to itself. It ends with its connection, or with the process.
    private Task<TResult> TryAsync<TService, TResult>(Func<TService, Task<TResult>> work, CancellationToken cancellationToken)
        where TService : notnull
    {
        var done = writer.RunAsync(work);
        return writer.IsAlone ? done : done.WaitAsync(cancellationToken);
    }

    private bool NoteAway(Exception exception)
    {
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            LogAway(exception.GetBaseException().Message);
        }

        return true;
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, clock, cancellationToken);

    // Those in the pool may be as dead as the one that has just failed, and each would take a try.
    private async Task ForgetConnectionsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<TContext>().Database.GetDbConnection() is MySqlConnection connection)
        {
            await MySqlConnection.ClearPoolAsync(connection, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store takes nothing, and what is to be written waits for it: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store takes what has waited for it.")]
    private partial void LogGoesOn();
}
