using System.Collections.Concurrent;

namespace Skypunch.DatabaseDefaults;

/// <summary>A thread that does pieces of work one after the other, in the order in which they were added.</summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Piece> _work = [];
    private readonly Thread _thread;

    public WorkThread(string name)
    {
        _thread = new Thread(DoWork) { Name = name, IsBackground = true };
        _thread.UnsafeStart(); // the execution context does not flow: each piece has its caller's
    }

    /// <summary>Adds a piece of work. The task ends when the piece is done.</summary>
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

    /// <summary>Ends the thread after all its work is done.</summary>
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
                piece.Work(); // the caller has suppressed the flow of its context
                continue;
            }

            ExecutionContext.Run(piece.Context, static work => ((Action)work!)(), piece.Work);
        }
    }

    /// <summary>A piece of work.</summary>
    /// <param name="Context">The caller's execution context, with its activity.</param>
    /// <param name="Work">The work. It never throws.</param>
    private readonly record struct Piece(ExecutionContext? Context, Action Work);
}
