using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Skypunch.TestBed;

/// <summary>A service as an operator runs it: the built program, configured by its environment.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private const int LinesKept = 20_000;

    private readonly ProcessStartInfo _start;
    private readonly Uri _health;
    private readonly ConcurrentQueue<string> _log = new();
    private Process _process;
    private long _logBytes;

    private ServiceProcess(string name, ProcessStartInfo start, Uri health)
    {
        Name = name;
        _start = start;
        _health = health;
        _process = Launch();
    }

    /// <summary>Which service it is, and the number of this one: "Prober 2".</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to stdout and stderr so far, or the last of that.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>How much it has written to stdout and stderr so far.</summary>
    public long LogBytes => Interlocked.Read(ref _logBytes);

    /// <summary>Starts a service.</summary>
    /// <param name="service">Scheduler, Prober or Notifier.</param>
    /// <param name="healthPort">Where it answers <c>/healthz</c> and <c>/readyz</c>.</param>
    /// <param name="settings">Its settings by their environment variables.</param>
    /// <param name="number">Which of those services it is.</param>
    public static ServiceProcess Start(string service, int healthPort, IEnumerable<KeyValuePair<string, string>> settings, int number = 1)
        => Start($"{service} {number}", service, $"Skypunch.{service}", [], healthPort, settings);

    /// <summary>Starts a program of the product.</summary>
    /// <param name="name">What the test calls it.</param>
    /// <param name="project">The project that it is built from.</param>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="healthPort">Where it answers <c>/healthz</c> and <c>/readyz</c>.</param>
    /// <param name="settings">Its settings by their environment variables.</param>
    public static ServiceProcess Start(
        string name,
        string project,
        string program,
        IEnumerable<string> arguments,
        int healthPort,
        IEnumerable<KeyValuePair<string, string>> settings)
    {
        var health = new Uri($"http://127.0.0.1:{healthPort}");
        var folder = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/IntegrationTests/debug/
        var file = Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, program);
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Kestrel__Endpoints__Health__Url"] = health.ToString();
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        return new ServiceProcess(name, start, health);
    }

    /// <summary>Starts it once more after it has ended, with the same settings.</summary>
    public void StartAgain()
    {
        _process.Dispose();
        _process = Launch();
    }

    /// <summary>What <c>/readyz</c> says.</summary>
    public async Task<string> ReadinessAsync()
    {
        using var response = await Http.GetAsync(new Uri(_health, "/readyz"), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until <c>/readyz</c> says so.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await StatusOfAsync("/readyz") != HttpStatusCode.OK)
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.False(_process.HasExited || waited > StartPatience, $"{Name} is not ready after {waited}:\n{string.Join('\n', _log)}");
            await Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What a health address answers; null: nothing.</summary>
    public async Task<HttpStatusCode?> StatusOfAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(_health, path), TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return null;
        }
    }

    /// <summary>What a health address answers, as text.</summary>
    public Task<string> ReadAsync(string path) => Http.GetStringAsync(new Uri(_health, path), TestContext.Current.CancellationToken);

    /// <summary>SIGKILL: it ends without a chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        using var impatient = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(impatient.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal to processes, to all at once.</summary>
    /// <param name="signal">Its name: STOP, CONT, TERM.</param>
    /// <param name="processes">Who gets it.</param>
    public static async Task SignalAsync(string signal, params IEnumerable<ServiceProcess> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(process => process.Id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as an orchestrator stops it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM", this);
        return await EndAsync(StopPatience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private Process Launch()
    {
        var process = new Process { StartInfo = _start };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        Interlocked.Add(ref _logBytes, line.Length + 1);
        _log.Enqueue(line);
        while (_log.Count > LinesKept && _log.TryDequeue(out _))
        {
            // The oldest go.
        }
    }
}
