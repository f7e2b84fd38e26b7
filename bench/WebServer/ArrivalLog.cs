namespace Skypunch.Bench.WebServer;

/// <summary>A request as the web server saw it.</summary>
/// <param name="TargetId">Whom the path names.</param>
/// <param name="Failed">Whether it was answered with a 503.</param>
/// <param name="At">When the request was there in full.</param>
internal readonly record struct Arrival(int TargetId, bool Failed, DateTimeOffset At);

/// <summary>Every arrival since the last reset, in memory: a file or a pipe would cost time while the clock runs.</summary>
internal sealed class ArrivalLog
{
    private readonly Lock _lock = new();
    private List<Arrival> _arrivals = new(1 << 20);

    /// <summary>How many there are.</summary>
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

    /// <summary>Writes them to a file; <see cref="Read"/> reads it.</summary>
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
