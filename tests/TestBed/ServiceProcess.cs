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

    private readonly Process _process;
    private readonly Uri _health;
    private readonly ConcurrentQueue<string> _log = new();

    private ServiceProcess(Process process, Uri health)
    {
        _process = process;
        _health = health;
    }

    /// <summary>Which service it is.</summary>
    public string Name => Path.GetFileName(_process.StartInfo.FileName);

    /// <summary>What it has written to stdout and stderr so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts a service.</summary>
    /// <param name="service">Scheduler, Prober or Notifier.</param>
    /// <param name="healthPort">Where it answers <c>/healthz</c> and <c>/readyz</c>.</param>
    /// <param name="settings">Its settings by their environment variables.</param>
    public static ServiceProcess Start(string service, int healthPort, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var health = new Uri($"http://127.0.0.1:{healthPort}");
        var folder = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/IntegrationTests/debug/
        var program = Path.Combine(folder.Parent!.Parent!.FullName, service, folder.Name, $"Skypunch.{service}");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Kestrel__Endpoints__Health__Url"] = health.ToString();
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new ServiceProcess(new Process { StartInfo = start }, health);
        process._process.OutputDataReceived += (_, line) => process.Note(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Note(line.Data);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until <c>/readyz</c> says so.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await StatusOfAsync("/readyz") != HttpStatusCode.OK)
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.False(_process.HasExited || waited > StartPatience, $"{_process.StartInfo.FileName} is not ready after {waited}:\n{string.Join('\n', _log)}");
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

    /// <summary>Sends a signal to processes, to all at once.</summary>
    /// <param name="signal">Its name: STOP, CONT, TERM.</param>
    /// <param name="processes">Who gets it.</param>
    public static async Task SignalAsync(string signal, params IEnumerable<ServiceProcess> processes)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(process => process._process.Id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as an orchestrator stops it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(StopPatience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
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

    private void Note(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }
}
