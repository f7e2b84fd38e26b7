using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Skypunch.Bench.Processes;

/// <summary>A program that the bench has started, and ends.</summary>
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

    /// <summary>What the figures call it.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last that it wrote to stdout (unless it takes orders) and stderr.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a program.</summary>
    /// <param name="name">What the figures call it.</param>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">What is added to the environment.</param>
    /// <param name="folder">Its current folder; null: that of the bench.</param>
    /// <param name="takesOrders">Whether its input and output are for <see cref="OrderAsync"/>.</param>
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

    /// <summary>Starts this very program with a hidden verb.</summary>
    public static ChildProcess StartOwn(string name, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
        => Start(name, Environment.ProcessPath!, arguments, environment, takesOrders: true);

    /// <summary>The next line that a helper says.</summary>
    public async Task<string[]> HearAsync()
        => (await _process.StandardOutput.ReadLineAsync())?.Split(' ') ?? throw Ended();

    /// <summary>Gives a helper an order.</summary>
    /// <returns>Its answer.</returns>
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

    /// <summary>Asks it to stop (SIGTERM) and waits until it has.</summary>
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

    private BenchException Ended() => new($"{Name} has ended before its work was done; on a machine that is busy with something else, run again. Its last words:\n{Log}");

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
