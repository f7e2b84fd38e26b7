using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Skypunch.Admin.V1;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.Systems;

/// <summary><c>skypunchd</c> with its own data folder.</summary>
internal sealed class StandaloneSystem : SystemUnderTest
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly string _authorityFile;
    private ChildProcess _process;
    private AdminApi _api;

    private StandaloneSystem(string folder, string authorityFile, ChildProcess process, AdminApi api)
    {
        _folder = folder;
        _authorityFile = authorityFile;
        _process = process;
        _api = api;
    }

    public override IReadOnlyList<MeasuredPart> Parts => [new MeasuredPart(_process.Name, _process.Id)];

    /// <summary>Starts the daemon and waits until it is ready.</summary>
    /// <param name="folder">The data folder. A second start in the same folder finds what the first has stored.</param>
    /// <param name="authorityFile">The certificate of an authority that the probes trust.</param>
    public static async Task<StandaloneSystem> StartAsync(string folder, string authorityFile)
    {
        Directory.CreateDirectory(folder);
        var (process, api) = await StartProcessAsync(folder, authorityFile);
        return new StandaloneSystem(folder, authorityFile, process, api);
    }

    public override Task<GetSystemStatusResponse> StatusAsync() => _api.StatusAsync();

    public override Task StopAsync() => _process.StopAsync();

    public override async Task RestartAsync()
    {
        await DisposeAsync();
        (_process, _api) = await StartProcessAsync(_folder, _authorityFile);
    }

    public override async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _process.DisposeAsync();
    }

    public override Task<DbConnection> OpenTargetsAsync() => OpenAsync("scheduler.db");

    protected override Task<DbConnection> OpenNotifiersAsync() => OpenAsync("notifier.db");

    private static async Task<(ChildProcess Process, AdminApi Api)> StartProcessAsync(string folder, string authorityFile)
    {
        var port = FreePort.Find(count: 2);
        var process = ChildProcess.Start(
            "skypunchd",
            Programs.Of("Standalone", "skypunchd"),
            ["--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)],
            [new("Prober__TrustedCaFile", authorityFile)],
            folder);
        var readyFile = Path.Combine(folder, "daemon.json");
        var isReady = await Patience.UntilAsync(() => Task.FromResult(process.HasExited || File.Exists(readyFile)), StartPatience);
        if (!isReady || process.HasExited)
        {
            throw new BenchException($"skypunchd did not start:\n{process.Log}");
        }

        var token = (await File.ReadAllTextAsync(Path.Combine(folder, "token"))).Trim();
        return (process, new AdminApi($"http://127.0.0.1:{port}", token));
    }

    private async Task<DbConnection> OpenAsync(string store)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, store)};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
