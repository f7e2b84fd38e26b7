using System.Collections.Concurrent;

namespace Skypunch.Bench.WebServer;

/// <summary>The targets that currently get a 503.</summary>
internal sealed class FailingTargets
{
    private readonly ConcurrentDictionary<int, bool> _ids = new();
    private volatile bool _all;

    public bool Includes(int id) => _all || (!_ids.IsEmpty && _ids.ContainsKey(id));

    /// <summary>Lets this target fail from now on.</summary>
    public void Add(int id) => _ids[id] = true;

    /// <summary>Lets all targets fail from now on.</summary>
    public void AddAll() => _all = true;

    /// <summary>Lets no target fail from now on.</summary>
    public void Clear()
    {
        _all = false;
        _ids.Clear();
    }
}
