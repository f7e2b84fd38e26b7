using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Runs the transactions of the bus's consumers. While the store is unavailable all of them wait, since none could succeed, and they go on
/// within a second of its return. A transaction that fails because of a lock is tried a few times, within about two seconds, and then given
/// up, so that it does not keep a place that other messages need.
/// </summary>
/// <typeparam name="TContext">The base type of the context.</typeparam>
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
    /// <param name="work">Runs the transaction to its end, including the commit. It may be called again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <typeparam name="TService">What does the work: a scoped service that uses the context.</typeparam>
    /// <typeparam name="TResult">The result of the work.</typeparam>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
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
                    return await writer.RunAsync(work, cancellationToken);
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

    private bool NoteAway(Exception exception)
    {
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            LogAway(exception.GetBaseException().Message);
        }

        return true;
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, clock, cancellationToken);

    // The other connections in the pool may be as dead as the one that has just failed, and each would cost an attempt.
    private async Task ForgetConnectionsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<TContext>().Database.GetDbConnection() is MySqlConnection connection)
        {
            await MySqlConnection.ClearPoolAsync(connection, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable, and what is to be written waits for it: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store is available again, and what has waited for it is written.")]
    private partial void LogGoesOn();
}
