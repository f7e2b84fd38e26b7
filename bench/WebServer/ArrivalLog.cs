namespace Skypunch.Bench.WebServer;

/// <summary>A request as the web server saw it.</summary>
/// <param name="TargetId">The id of the target that the path names.</param>
/// <param name="Failed">Whether the answer was a 503.</param>
/// <param name="At">When the whole request had arrived.</param>
internal readonly record struct Arrival(int TargetId, bool Failed, DateTimeOffset At);

/// <summary>All requests since the last reset, kept in memory: a file or a pipe would cost time during the measurement.</summary>
internal sealed class ArrivalLog
{
    private readonly Lock _lock = new();
    private List<Arrival> _arrivals = new(1 << 20);

    /// <summary>The number of requests.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _arrivals.Count;
            }
        }
    }

    public void Add(Arrival arrival)
    {
        lock (_lock)
        {
            _arrivals.Add(arrival);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _arrivals = new(1 << 20);
        }
    }

    /// <summary>Writes the requests to a file that <see cref="Read"/> reads.</summary>
    public void Write(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        lock (_lock)
        {
            foreach (var arrival in _arrivals)
            {
                file.Write(arrival.TargetId);
                file.Write(arrival.Failed);
                file.Write(arrival.At.UtcTicks);
            }
        }
    }

    public static List<Arrival> Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        var arrivals = new List<Arrival>();
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            arrivals.Add(new Arrival(file.ReadInt32(), file.ReadBoolean(), new DateTimeOffset(file.ReadInt64(), TimeSpan.Zero)));
        }

        return arrivals;
    }
}
