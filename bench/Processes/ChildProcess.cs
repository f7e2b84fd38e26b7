using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Skypunch.Bench.Faults;

namespace Skypunch.Bench.Processes;

/// <summary>A program that the bench starts and ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ChildProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    /// <summary>The name of the process in the figures.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines that the program wrote to its standard error and, unless it takes orders, to its standard output.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a program.</summary>
    /// <param name="name">The name of the process in the figures.</param>
    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables that are added to the environment.</param>
    /// <param name="folder">The working directory; null for that of the bench.</param>
    /// <param name="takesOrders">Whether the standard input and output are used by <see cref="OrderAsync"/>.</param>
    public static ChildProcess Start(
        string name,
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        string? folder = null,
        bool takesOrders = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = takesOrders,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(name, new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Note(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Note(line.Data);
        child._process.Start();
        Leftovers.Add(child, child._process.Kill);
        child._process.BeginErrorReadLine();
        if (!takesOrders)
        {
            child._process.BeginOutputReadLine();
        }

        return child;
    }

    /// <summary>Starts the bench's own program with a hidden verb.</summary>
    public static ChildProcess StartOwn(string name, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
        => Start(name, Environment.ProcessPath!, arguments, environment, takesOrders: true);

    /// <summary>Reads the next line of the process's standard output, split at the spaces.</summary>
    public async Task<string[]> HearAsync()
        => (await _process.StandardOutput.ReadLineAsync())?.Split(' ') ?? throw Ended();

    /// <summary>Sends an order to the process.</summary>
    /// <returns>The answer of the process.</returns>
    public async Task<string[]> OrderAsync(string order)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
        }
        catch (IOException)
        {
            throw Ended();
        }

        return await HearAsync();
    }

    /// <summary>Sends SIGTERM to the process and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(StopPatience);
            await _process.WaitForExitAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Leftovers.Remove(this);
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private BenchException Ended() => new($"{Name} ended before its work was done. If the machine was busy with something else, run again. Its last output:\n{Log}");

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        while (_log.Count > LinesKept)
        {
            _log.TryDequeue(out _);
        }
    }
}
