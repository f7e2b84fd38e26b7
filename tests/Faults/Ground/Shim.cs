using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Net;
using System.Net.Sockets;

namespace Skypunch.Faults.Ground;

/// <summary>Another clock and another network for one process alone: see <c>Shim/shim.c</c>, which the machine's C compiler makes a library of.</summary>
internal sealed class Shim : IDisposable
{
    private const int Numbers = 3;

    private static readonly Lazy<(string? Library, string? Problem)> Compiled = new(Compile);

    private readonly string _file = Path.GetTempFileName();
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _numbers;
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private Shim()
    {
        File.WriteAllBytes(_file, new byte[Numbers * sizeof(long)]);
        _map = MemoryMappedFile.CreateFromFile(_file, FileMode.Open);
        _numbers = _map.CreateViewAccessor();
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _silent.Listen(backlog: 4096); // nobody accepts: a connection is made, and nothing is heard
        _numbers.Write(2 * sizeof(long), (long)((IPEndPoint)_silent.LocalEndPoint!).Port);
    }

    /// <summary>Seconds that the wall clock is ahead.</summary>
    public long ClockAhead
    {
        get => _numbers.ReadInt64(0);
        set => _numbers.Write(0, value);
    }

    /// <summary>What becomes of the connections.</summary>
    public ShimNetwork Network
    {
        set => _numbers.Write(sizeof(long), (long)value);
    }

    /// <summary>Makes one; the test is skipped where there is no C compiler.</summary>
    public static Shim MakeOrSkip()
    {
        Assert.SkipWhen(Compiled.Value.Problem is not null, Compiled.Value.Problem ?? "");
        return new Shim();
    }

    /// <summary>Makes one; null where there is no C compiler.</summary>
    public static Shim? TryMake() => Compiled.Value.Problem is null ? new Shim() : null;

    /// <summary>What has a process use it.</summary>
    /// <param name="keptPorts">Ports that stay reachable whatever becomes of the network.</param>
    public IEnumerable<KeyValuePair<string, string>> Settings(params IEnumerable<int> keptPorts) =>
    [
        new("LD_PRELOAD", Compiled.Value.Library!),
        new("SHIM_FILE", _file),
        new("SHIM_KEPT_PORTS", string.Join(',', keptPorts)),
    ];

    public void Dispose()
    {
        _silent.Dispose();
        _numbers.Dispose();
        _map.Dispose();
        File.Delete(_file);
    }

    private static (string? Library, string? Problem) Compile()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "A clock of its own for one process needs Linux.");
        }

        var library = Path.Combine(AppContext.BaseDirectory, "shim.so");
        try
        {
            var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", library, Path.Combine(AppContext.BaseDirectory, "Shim", "shim.c"), "-ldl"])
            {
                RedirectStandardError = true,
            };
            using var compiler = Process.Start(start)!;
            var said = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? (library, null) : (null, $"The C compiler does not make Shim/shim.c: {said}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (null, $"There is no C compiler (cc): {e.Message}");
        }
    }
}

/// <summary>What becomes of a process's connections.</summary>
internal enum ShimNetwork
{
    /// <summary>Nothing: they are made.</summary>
    Sound = 0,

    /// <summary>The network is unreachable.</summary>
    Unreachable = 1,

    /// <summary>They are made, and nothing comes back.</summary>
    Silent = 2,
}
