using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Net;
using System.Net.Sockets;

namespace Skypunch.Faults.Ground;

/// <summary>
/// Gives a single process its own clock and network, by <c>Shim/shim.c</c>, which the machine's C compiler compiles to a library.
/// </summary>
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
        _silent.Listen(backlog: 4096); // nobody accepts, so connections are made but nothing comes back
        _numbers.Write(2 * sizeof(long), (long)((IPEndPoint)_silent.LocalEndPoint!).Port);
    }

    /// <summary>How many seconds the wall clock is ahead.</summary>
    public long ClockAhead
    {
        get => _numbers.ReadInt64(0);
        set => _numbers.Write(0, value);
    }

    /// <summary>What happens to the connections of the process.</summary>
    public ShimNetwork Network
    {
        set => _numbers.Write(sizeof(long), (long)value);
    }

    /// <summary>Skips the test if there is no C compiler.</summary>
    public static void SkipWhereThereIsNone() => Assert.SkipWhen(Compiled.Value.Problem is not null, Compiled.Value.Problem ?? "");

    /// <summary>Creates a shim; null if there is no C compiler.</summary>
    public static Shim? TryMake() => Compiled.Value.Problem is null ? new Shim() : null;

    /// <summary>Restores the normal clock and network.</summary>
    public void PutRight() => (ClockAhead, Network) = (0, ShimNetwork.Sound);

    /// <summary>The environment variables that make a process use the shim.</summary>
    /// <param name="keptPorts">The ports that stay reachable in every state of the network.</param>
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
            return (null, "The shim, which changes the clock of a single process, needs Linux.");
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
            return compiler.ExitCode == 0 ? (library, null) : (null, $"The C compiler cannot compile Shim/shim.c: {said}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (null, $"There is no C compiler (cc): {e.Message}");
        }
    }
}

/// <summary>What happens to the connections of a process.</summary>
internal enum ShimNetwork
{
    /// <summary>Connections work normally.</summary>
    Sound = 0,

    /// <summary>Connections fail, as the network is unreachable.</summary>
    Unreachable = 1,

    /// <summary>Connections are made, but nothing comes back.</summary>
    Silent = 2,
}
