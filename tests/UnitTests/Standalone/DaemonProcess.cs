using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Skypunch.Admin.V1;
using Skypunch.Standalone.DataFolders;

namespace Skypunch.UnitTests.Standalone;

/// <summary>A real <c>skypunchd</c> process with its own folder and ports.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DataFolder _folder;
    private readonly StringBuilder _said = new();
    private Task<string> _errors = Task.FromResult("");

    private DaemonProcess(Process process, DataFolder folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>What the daemon printed before it was ready.</summary>
    public string Said => _said.ToString();

    public int Pid => _process.Id;

    public DaemonFile File => DaemonFile.Read(_folder.DaemonFile) ?? throw new InvalidOperationException("There is no daemon.json.");

    /// <summary>Finds two consecutive free ports and returns the first.</summary>
    public static int FreePort()
    {
        for (var port = Random.Shared.Next(20_000, 30_000); ; port++)
        {
            if (IsFree(port) && IsFree(port + 1))
            {
                return port;
            }
        }
    }

    /// <summary>Starts a daemon and waits until it reports that it is ready.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="port">The first of its two ports.</param>
    /// <param name="config">The file that is loaded; null: that of the current folder, if there is one.</param>
    /// <param name="folder">The current folder.</param>
    /// <param name="attached">Whether it stays in the foreground.</param>
    /// <param name="heard">Is called with each line that it prints before.</param>
    public static async Task<DaemonProcess> StartAsync(
        string data,
        int port,
        string? config = null,
        string? folder = null,
        bool attached = false,
        Action<string>? heard = null)
    {
        var daemon = Launch(data, port, config, folder, attached);
        using var late = new CancellationTokenSource(Patience);
        while (await daemon._process.StandardOutput.ReadLineAsync(late.Token) is var line && line != "ready")
        {
            if (line is null)
            {
                var log = System.IO.File.Exists(daemon._folder.LogFile) ? await System.IO.File.ReadAllTextAsync(daemon._folder.LogFile, late.Token) : "";
                throw new InvalidOperationException($"It did not start: {await daemon._errors}\n{log}");
            }

            heard?.Invoke(line);

            // The duration of a start, and so the lines about it, depend on the machine.
            _ = line.StartsWith("waiting for ", StringComparison.Ordinal) ? daemon._said : daemon._said.Append(line).Append('\n');
        }

        return daemon;
    }

    /// <summary>
    /// Starts a daemon and stops it with SIGTERM as soon as it answers <c>/readyz</c>, before it reports that it is ready.
    /// </summary>
    /// <returns>The exit code and the output.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> StopEarlyAsync(string data, int port, string config)
    {
        using var daemon = Launch(data, port, config, folder: null, attached: false);
        using var late = new CancellationTokenSource(Patience);
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, new Uri($"http://127.0.0.1:{port + 1}/readyz"), late.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
        }

        using var kill = Process.Start("kill", ["-TERM", $"{daemon.Pid}"]);
        var output = await daemon._process.StandardOutput.ReadToEndAsync(late.Token);
        await daemon.ExitAsync();
        return (daemon._process.ExitCode, output, await daemon._errors);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // the port does not even accept connections
        }
    }

    /// <summary>Starts a daemon that cannot start, and returns its exit code and its standard error.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(string data, int port, string? config = null)
    {
        using var daemon = Launch(data, port, config, folder: null, attached: false);
        var output = await daemon._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await daemon.ExitAsync();
        Assert.DoesNotContain("ready", output, StringComparison.Ordinal);
        return (daemon._process.ExitCode, (await daemon._errors).TrimEnd());
    }

    /// <summary>Stops the daemon with SIGTERM, as the system does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Pid}"]);
        await ExitAsync();
        // The daemon prints nothing after it is ready.
        Assert.Equal("", await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("", await _errors);
        return _process.ExitCode;
    }

    public async Task<TResponse> CallAsync<TResponse>(Func<CallInvoker, Metadata, AsyncUnaryCall<TResponse>> call)
    {
        using var channel = GrpcChannel.ForAddress(File.AdminUrl, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
        var token = System.IO.File.ReadAllText(_folder.TokenFile).Trim();
        return await call(channel.CreateCallInvoker(), new Metadata { { "Authorization", $"Bearer {token}" } });
    }

    public async Task<IReadOnlyList<Target>> TargetsAsync()
        => (await CallAsync((api, headers) => new TargetService.TargetServiceClient(api).ListTargetsAsync(new(), headers))).Targets;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(); // it writes no more into its folder, which is deleted next
        }

        _process.Dispose();
    }

    private static DaemonProcess Launch(string data, int port, string? config, string? folder, bool attached)
    {
        List<string> args = ["--data", data, "--port", $"{port}"];
        if (!attached)
        {
            args.Add("--background");
        }

        if (config is not null)
        {
            args.AddRange(["--config", config]);
        }

        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "skypunchd"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0"); // a process that is killed leaves the files of its diagnostics behind
        start.Environment.TryAdd("DOTNET_TieredPGO", "0"); // it lives for some seconds
        var daemon = new DaemonProcess(Process.Start(start)!, new DataFolder(data));
        daemon._errors = daemon._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return daemon;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ExitAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
    }
}
