using System.Collections.Concurrent;
using System.Net;

namespace Skypunch.Prober.Http;

/// <summary>
/// Asks the system for addresses on threads of its own. The system's call blocks its thread for as long as a name server is silent, and on
/// the pool's threads, where <see cref="Dns"/> would run it, a few dozen such names would hold up every other probe.
/// </summary>
internal sealed class NameLookups
{
    private const int MostThreads = 512;
    private const int StackBytes = 512 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lookup> _running = new();
    private readonly Queue<Lookup> _waiting = new();
    private readonly object _gate = new();
    private int _threads;
    private int _idle;

    /// <summary>
    /// The addresses of a host, as the system prefers them. A call for a host that is being looked up shares that answer.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">The host has no address, or the name service does not answer.</exception>
    /// <exception cref="OperationCanceledException">The caller's deadline has passed; the lookup goes on.</exception>
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        var lookup = new Lookup(host);
        var running = _running.GetOrAdd(host, lookup);
        if (running == lookup)
        {
            Ask(lookup);
        }

        return running.Answer.WaitAsync(cancellationToken);
    }

    private void Ask(Lookup lookup)
    {
        lock (_gate)
        {
            _waiting.Enqueue(lookup);
            if (_waiting.Count <= _idle || _threads == MostThreads)
            {
                Monitor.Pulse(_gate);
                return;
            }

            _threads++;
        }

        new Thread(Work, StackBytes) { IsBackground = true, Name = "Name lookups" }.Start();
    }

    private void Work()
    {
        while (Next() is { } lookup)
        {
            lookup.Run(() => _running.TryRemove(lookup.Host, out _));
        }
    }

    // Null: there was no call for a while, and this thread ends.
    private Lookup? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                var isAsked = Monitor.Wait(_gate, Idle);
                _idle--;
                if (!isAsked && _waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }

            return _waiting.Dequeue();
        }
    }

    private sealed class Lookup(string host)
    {
        private readonly TaskCompletionSource<IPAddress[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Host => host;

        public Task<IPAddress[]> Answer => _answer.Task;

        public void Run(Action ended)
        {
            try
            {
                var addresses = Dns.GetHostAddresses(host);
                ended(); // a call from now on begins a new lookup
                _answer.SetResult(addresses);
            }
#pragma warning disable CA1031 // every caller gets the exception
            catch (Exception e)
            {
                ended();
                _answer.SetException(e);
            }
#pragma warning restore CA1031
        }
    }
}
