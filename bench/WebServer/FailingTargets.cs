using System.Collections.Concurrent;

namespace Skypunch.Bench.WebServer;

/// <summary>Which targets answer 503 just now.</summary>
internal sealed class FailingTargets
{
    private readonly ConcurrentDictionary<int, bool> _ids = new();
    private volatile bool _all;

    public bool Includes(int id) => _all || (!_ids.IsEmpty && _ids.ContainsKey(id));

    /// <summary>From now on this target fails.</summary>
    public void Add(int id) => _ids[id] = true;

    /// <summary>From now on all targets fail.</summary>
    public void AddAll() => _all = true;

    /// <summary>From now on none fails.</summary>
    public void Clear()
    {
        _all = false;
        _ids.Clear();
    }
}
