using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    IHostApplicationLifetime lifetime,
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
    /// <exception cref="OperationCanceledException">The process is told to stop while the store is away.</exception>
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
                    return await writer.RunAsync(work);
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested && StoreFaults.Of(e) is var fault && fault is not StoreFault.None)
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
                    await ForgetConnectionsAsync();
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

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Task.Delay(pause, clock, either.Token);
    }

    // Those in the pool may be as dead as the one that has just failed, and each would take a try.
    private async Task ForgetConnectionsAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<TContext>().Database.GetDbConnection() is MySqlConnection connection)
        {
            await MySqlConnection.ClearPoolAsync(connection);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store takes nothing, and what is to be written waits for it: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store takes what has waited for it.")]
    private partial void LogGoesOn();
}
