using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using MySqlConnector;
using Skypunch.Admin.V1;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.Systems;

/// <summary>Scheduler, Notifier and one or more Probers on MySQL and RabbitMQ.</summary>
internal sealed class DistributedSystem : SystemUnderTest
{
    private const string Token = "a-token-for-the-bench";

    private readonly Backends _backends;
    private readonly Dictionary<string, string> _settings;
    private readonly List<ServiceProcess> _services = [];
    private readonly List<ServiceProcess> _probers = [];
    private readonly int _adminPort;
    private readonly int _notifierPort = FreePort.Find();
    private readonly AdminApi _api;
    private IReadOnlyList<MeasuredPart> _backendParts = [];

    private DistributedSystem(Backends backends, IEnumerable<KeyValuePair<string, string>> settings, int adminPort)
    {
        _backends = backends;
        _adminPort = adminPort;
        _api = new AdminApi($"http://127.0.0.1:{adminPort}", Token);
        _settings = new([.. backends.BusSettings, .. settings])
        {
            ["ConnectionStrings__Scheduler"] = backends.ConnectionString,
            ["ConnectionStrings__Notifier"] = backends.ConnectionString,
            ["Secrets__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Admin__Token"] = Token,
        };
    }

    public override IReadOnlyList<MeasuredPart> Parts => [.. _services.Concat(_probers).Select(service => service.Part), .. _backendParts];

    /// <summary>Starts all services and waits until they are ready.</summary>
    /// <param name="settings">Additional settings for all services.</param>
    public static async Task<DistributedSystem> StartAsync(params IEnumerable<KeyValuePair<string, string>> settings)
    {
        await TestBed.PrepareAsync();
        var system = new DistributedSystem(await Backends.StartAsync(), settings, FreePort.Find());
        try
        {
            system._backendParts = await system._backends.MeasuredPartsAsync();
            await system.StartServicesAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more Prober and waits until it is ready.</summary>
    public async Task AddProberAsync()
    {
        var prober = StartProber();
        await prober.WaitUntilReadyAsync();
    }

    /// <summary>Stops the Prober that was started last, with SIGTERM as an orchestrator does.</summary>
    public async Task RemoveProberAsync()
    {
        var prober = _probers[^1];
        _probers.Remove(prober);
        await prober.StopAsync();
        await prober.DisposeAsync();
    }

    public override Task<GetSystemStatusResponse> StatusAsync() => _api.StatusAsync();

    public override Task StopAsync() => Task.WhenAll(_services.Concat(_probers).Select(service => service.StopAsync()));

    public override async Task RestartAsync()
    {
        await DisposeServicesAsync();
        await StartServicesAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await DisposeServicesAsync();
        await _backends.DisposeAsync();
    }

    public override async Task<DbConnection> OpenTargetsAsync()
    {
        var connection = new MySqlConnection(_backends.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    protected override Task<DbConnection> OpenNotifiersAsync() => OpenTargetsAsync();

    private async Task StartServicesAsync()
    {
        var notifierUrl = $"http://127.0.0.1:{_notifierPort}";
        _services.Add(ServiceProcess.Start("Notifier", "Notifier", [.. _settings, new("Kestrel__Endpoints__Admin__Url", notifierUrl)]));
        _services.Add(ServiceProcess.Start(
            "Scheduler",
            "Scheduler",
            [.. _settings, new("Kestrel__Endpoints__Admin__Url", $"http://127.0.0.1:{_adminPort}"), new("Scheduler__NotifierUrl", notifierUrl)]));
        var prober = StartProber();
        await Task.WhenAll(_services.Append(prober).Select(service => service.WaitUntilReadyAsync()));
    }

    private ServiceProcess StartProber()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Prober {_probers.Count + 1}");
        var prober = ServiceProcess.Start("Prober", name, [.. _settings, new("Prober__Name", name.Replace(' ', '-'))]);
        _probers.Add(prober);
        return prober;
    }

    private async Task DisposeServicesAsync()
    {
        foreach (var service in _services.Concat(_probers))
        {
            await service.DisposeAsync();
        }

        _services.Clear();
        _probers.Clear();
    }
}
