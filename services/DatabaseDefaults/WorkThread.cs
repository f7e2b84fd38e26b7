using System.Collections.Concurrent;

namespace Skypunch.DatabaseDefaults;

/// <summary>A thread that does one piece of work after the other, in the order in which they came.</summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public WorkThread(string name)
    {
        _thread = new Thread(DoWork) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Has a piece of work done.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = ExecutionContext.Capture(); // the caller's activity
        _work.Add(() =>
        {
            if (context is not null)
            {
                ExecutionContext.Restore(context);
            }

            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread when what it was given is done.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void DoWork()
    {
        foreach (var piece in _work.GetConsumingEnumerable())
        {
            piece();
        }
    }
}
