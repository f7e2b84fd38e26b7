using System.Collections.Concurrent;

namespace Skypunch.DatabaseDefaults;

/// <summary>A thread that does one piece of work after the other, in the order in which they came.</summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Piece> _work = [];
    private readonly Thread _thread;

    public WorkThread(string name)
    {
        _thread = new Thread(DoWork) { Name = name, IsBackground = true };
        _thread.UnsafeStart(); // each piece brings a context of its own
    }

    /// <summary>Has a piece of work done.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(new Piece(ExecutionContext.Capture(), () =>
        {
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
        }));
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
            if (piece.Context is null)
            {
                piece.Work(); // the caller wants nothing to flow
                continue;
            }

            ExecutionContext.Run(piece.Context, static work => ((Action)work!)(), piece.Work);
        }
    }

    /// <summary>A piece of work.</summary>
    /// <param name="Context">The caller's, with its activity. It ends with the piece.</param>
    /// <param name="Work">What to do. Never throws.</param>
    private readonly record struct Piece(ExecutionContext? Context, Action Work);
}
