using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Skypunch.Faults.Ground;

/// <summary><c>skypunchd</c> with its own data folder.</summary>
internal sealed class DaemonSystem : RunningSystem
{
    private readonly ServiceProcess _process;

    private DaemonSystem(string folder, ServiceProcess process)
    {
        Folder = folder;
        _process = process;
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public ServiceProcess Process => _process;

    public override IReadOnlyList<ServiceProcess> Parts => [_process];

    /// <summary>Starts the daemon and waits until it is ready.</summary>
    /// <param name="folder">The data folder; null for a new one.</param>
    /// <param name="settings">Additional settings.</param>
    public static async Task<DaemonSystem> StartAsync(string? folder = null, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        folder ??= Directory.CreateTempSubdirectory("skypunch-faults-").FullName;
        var system = Launch(folder, settings);
        try
        {
            await system.WaitUntilReadyAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the daemon without waiting until it is ready.</summary>
    public static DaemonSystem Launch(string folder, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        Directory.CreateDirectory(folder);
        var port = ContainerServer.FreePort();
        KeyValuePair<string, string>[] all =
        [
            new("Kestrel__Endpoints__Admin__Url", $"http://127.0.0.1:{ContainerServer.FreePort()}"),
            new("Kestrel__Endpoints__Web__Url", $"http://127.0.0.1:{ContainerServer.FreePort()}"),
            new("Notifier__SendTimeout", "00:00:05"),
            new("Notifier__StopTimeout", "00:00:02"),
            .. settings,
        ];
        return new DaemonSystem(folder, ServiceProcess.Start("skypunchd", "Standalone", "skypunchd", ["--data", folder], port, all));
    }

    public override Task WaitUntilReadyAsync() => _process.WaitUntilReadyAsync();

    public override Task<DbConnection> OpenTargetsAsync() => OpenAsync("scheduler.db");

    public override Task<DbConnection> OpenNotifiersAsync() => OpenAsync("notifier.db");

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Folders.TryDelete(Folder);
    }

    private async Task<DbConnection> OpenAsync(string store)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, store)};Pooling=False;Default Timeout=15");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
