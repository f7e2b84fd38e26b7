using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Runs the transactions that are many. MySQL takes any number side by side. SQLite takes one writer at a time and works on the caller's thread, so there they
/// have a thread of their own with a context whose connection stays open: none waits for another on a thread that probes need, and each finds its pages in the cache.
/// </summary>
/// <typeparam name="TContext">The common type of the database.</typeparam>
public sealed class StoreWriter<TContext> : IDisposable
    where TContext : DbContext
{
    private const int MostTries = 5;

    private readonly IServiceScopeFactory _scopes;
    private readonly WorkThread? _thread;

    private IServiceScope? _kept; // the thread's

    /// <summary>For one process.</summary>
    /// <param name="scopes">Where what does the work comes from.</param>
    /// <param name="provider">Which database it is.</param>
    public StoreWriter(IServiceScopeFactory scopes, DatabaseProvider provider)
    {
        _scopes = scopes;
        _thread = provider is DatabaseProvider.Sqlite ? new WorkThread("SQLite writer") : null;
    }

    /// <summary>Whether no other process writes to this store.</summary>
    public bool IsAlone => _thread is not null;

    /// <summary>Runs a transaction; in MySQL once more where it is the victim of a deadlock.</summary>
    /// <param name="work">Runs it to its end, commit included; what it does outside of the store it may do twice.</param>
    /// <typeparam name="TService">What does the work: a scoped service that is given the context.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
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
                // The other one has gone on: this one runs again at once.
            }
        }
    }

    /// <summary>Runs a transaction of which nothing comes.</summary>
    /// <param name="work">Runs it to its end, commit included.</param>
    /// <typeparam name="TService">What does the work: a scoped service that is given the context.</typeparam>
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
            services.GetRequiredService<TContext>().ChangeTracker.Clear(); // the next one reads for itself
            return result;
        }
        catch
        {
            Close(); // whatever state it is in
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
