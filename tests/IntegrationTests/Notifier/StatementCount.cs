using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Skypunch.DatabaseDefaults;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>Counts the statements that Entity Framework sends to one database, and those that the database rolled back in a deadlock.</summary>
internal sealed class StatementCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _database;
    private readonly List<IDisposable> _subscriptions = [];
    private int _count;
    private int _deadlocks;

    public StatementCount(string database)
    {
        _database = database;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => _count;

    public int Deadlocks => _deadlocks;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData { Command.Connection.Database: { } database } && database == _database)
        {
            Interlocked.Increment(ref _count);
        }
        else if (value.Key == RelationalEventId.CommandError.Name && value.Value is CommandErrorEventData { Command.Connection.Database: { } at } error && at == _database && error.Exception.IsDeadlock())
        {
            Interlocked.Increment(ref _deadlocks);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
