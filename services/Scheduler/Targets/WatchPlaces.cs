using Grpc.Core;

namespace Skypunch.Scheduler.Targets;

/// <summary>Bounds how many callers watch targets at once. Safe for use by any thread.</summary>
internal sealed class WatchPlaces
{
    /// <summary>The most callers.</summary>
    public const int Most = 200;

    private int _taken;

    /// <summary>Takes a place, until it is disposed of.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: all are taken.</exception>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _taken) > Most)
        {
            Interlocked.Decrement(ref _taken);
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"{Most} callers watch already, which is the most: call again later, or another server."));
        }

        return new Place(this);
    }

    private sealed class Place(WatchPlaces all) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref all._taken);
    }
}
