using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Skypunch.TestBed;

/// <summary>A service as an operator runs it: the built program, configured by environment variables.</summary>
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
    private long _startedAt;
    private long _logBytes;

    private ServiceProcess(string name, ProcessStartInfo start, Uri health)
    {
        Name = name;
        _start = start;
        _health = health;
        _process = Launch();
    }

    /// <summary>The kind of the service and its number: "Prober 2".</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>How long the process has run since its last start.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_startedAt);

    /// <summary>The last lines that the process has written to its standard output and error.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>How much the process has written to its standard output and error so far, in characters.</summary>
    public long LogBytes => Interlocked.Read(ref _logBytes);

    /// <summary>Starts a service.</summary>
    /// <param name="service">Scheduler, Prober or Notifier.</param>
    /// <param name="healthPort">The port of <c>/healthz</c> and <c>/readyz</c>.</param>
    /// <param name="settings">The settings, by their environment variables.</param>
    /// <param name="number">The number of the service among those of its kind.</param>
    public static ServiceProcess Start(string service, int healthPort, IEnumerable<KeyValuePair<string, string>> settings, int number = 1)
        => Start($"{service} {number}", service, $"Skypunch.{service}", [], healthPort, settings);

    /// <summary>Starts a program of Skypunch.</summary>
    /// <param name="name">The name in messages of tests.</param>
    /// <param name="project">The project of the program.</param>
    /// <param name="program">The file name of the program.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="healthPort">The port of <c>/healthz</c> and <c>/readyz</c>.</param>
    /// <param name="settings">The settings, by their environment variables.</param>
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
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0"); // a process that is killed leaves the files of its diagnostics behind
        start.Environment["Kestrel__Endpoints__Health__Url"] = health.ToString();
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        return new ServiceProcess(name, start, health);
    }

    /// <summary>Starts the program again, with the same settings, after it has ended.</summary>
    public void StartAgain()
    {
        _process.Dispose();
        _process = Launch();
    }

    /// <summary>The answer of <c>/readyz</c>.</summary>
    public async Task<string> ReadinessAsync()
    {
        using var response = await Http.GetAsync(new Uri(_health, "/readyz"), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Waits until <c>/readyz</c> reports that the service is ready. The wait may take longer if other programs load the machine.
    /// </summary>
    public async Task WaitUntilReadyAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var others = new ForeignLoad([this]);
        while (await StatusOfAsync("/readyz") != HttpStatusCode.OK)
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.False(_process.HasExited || (waited > StartPatience && waited > StartPatience * others.Slowdown), $"{Name} is not ready after {waited}:\n{string.Join('\n', _log)}");
            await Task.Delay(PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The status of a health address; null if nothing answers.</summary>
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

    /// <summary>The answer of a health address, as text.</summary>
    public Task<string> ReadAsync(string path) => Http.GetStringAsync(new Uri(_health, path), TestContext.Current.CancellationToken);

    /// <summary>Kills the process (SIGKILL), so it cannot tidy up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills the process (SIGKILL) and waits until it has ended.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        using var impatient = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(impatient.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal to all given processes at once.</summary>
    /// <param name="signal">The name of the signal: STOP, CONT, TERM.</param>
    /// <param name="processes">The processes.</param>
    public static async Task SignalAsync(string signal, params IEnumerable<ServiceProcess> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(process => process.Id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends SIGTERM, as an orchestrator does, and waits until the process has ended.</summary>
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
        _startedAt = TimeProvider.System.GetTimestamp();
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
            // The oldest lines are dropped.
        }
    }
}
