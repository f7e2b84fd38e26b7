using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Runs the frequent transactions. MySQL runs any number of them side by side. SQLite allows one writer at a time and works on the caller's
/// thread. So there the transactions run on a thread of their own, with a context whose connection stays open: no transaction waits on a
/// thread that probes need, and each finds its pages in the cache.
/// </summary>
/// <typeparam name="TContext">The base type of the context.</typeparam>
public sealed class StoreWriter<TContext> : IDisposable
    where TContext : DbContext
{
    private const int MostTries = 5;

    private readonly IServiceScopeFactory _scopes;
    private readonly WorkThread? _thread;

    private IServiceScope? _kept; // used on the thread only

    /// <summary>Makes the writer of this process.</summary>
    /// <param name="scopes">Provides the services that do the work.</param>
    /// <param name="provider">The kind of the database.</param>
    public StoreWriter(IServiceScopeFactory scopes, DatabaseProvider provider)
    {
        _scopes = scopes;
        _thread = provider is DatabaseProvider.Sqlite ? new WorkThread("SQLite writer") : null;
    }

    /// <summary>Whether no other process writes to this store.</summary>
    public bool IsAlone => _thread is not null;

    /// <summary>Runs a transaction. In MySQL, runs it again where it is the victim of a deadlock: five times in all at most.</summary>
    /// <param name="work">
    /// Runs the transaction to its end, including the commit. It may be called again, so effects outside of the store may happen twice.
    /// </param>
    /// <typeparam name="TService">What does the work: a scoped service that uses the context.</typeparam>
    /// <typeparam name="TResult">The result of the work.</typeparam>
    public async Task<TResult> RunAsync<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull
    {
        if (_thread is not null)
        {
            return await _thread.RunAsync(() => RunOnThread(work));
        }

        for (var tries = 1; ; tries++)
        {
            await using var scope = _scopes.CreateAsyncScope();
            try
            {
                return await work(scope.ServiceProvider.GetRequiredService<TService>());
            }
            catch (Exception e) when (tries < MostTries && e.IsDeadlock())
            {
                // The other transaction has gone on, so this one can run again at once.
            }
        }
    }

    /// <summary>
    /// Runs a transaction, and waits for it until the wait is cancelled. In MySQL the driver may go on waiting for a server that hangs even
    /// then. The transaction is abandoned: it ends with its connection or with the process. In SQLite the transaction is always awaited,
    /// since the next ones are queued behind it.
    /// </summary>
    /// <param name="work">
    /// Runs the transaction to its end, including the commit. It may be called again, so effects outside of the store may happen twice.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <typeparam name="TService">What does the work: a scoped service that uses the context.</typeparam>
    /// <typeparam name="TResult">The result of the work.</typeparam>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<TResult> RunAsync<TService, TResult>(Func<TService, Task<TResult>> work, CancellationToken cancellationToken)
        where TService : notnull
        => IsAlone ? RunAsync(work) : RunAsync(work).WaitAsync(cancellationToken);

    /// <summary>Runs a transaction that has no result.</summary>
    /// <param name="work">Runs the transaction to its end, including the commit.</param>
    /// <typeparam name="TService">What does the work: a scoped service that uses the context.</typeparam>
    public Task RunAsync<TService>(Func<TService, Task> work)
        where TService : notnull
        => RunAsync<TService, bool>(async service =>
        {
            await work(service);
            return true;
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread?.Dispose();
        Close();
    }

    private TResult RunOnThread<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull
    {
        try
        {
            var services = Kept();
            var result = work(services.GetRequiredService<TService>()).GetAwaiter().GetResult();
            services.GetRequiredService<TContext>().ChangeTracker.Clear(); // the next transaction must read its rows itself
            return result;
        }
        catch
        {
            Close(); // the state of context and connection is unknown
            throw;
        }
    }

    private IServiceProvider Kept()
    {
        if (_kept is null)
        {
            _kept = _scopes.CreateScope();
            _kept.ServiceProvider.GetRequiredService<TContext>().Database.OpenConnection();
        }

        return _kept.ServiceProvider;
    }

    private void Close()
    {
        _kept?.Dispose();
        _kept = null;
    }
}
