namespace Skypunch.Faults.Ground;

/// <summary>
/// What the tests share, each part started on first use: the web server, the mail server, and a Skypunch of either kind. One that a test has left broken
/// is thrown away, and the next test gets a new one.
/// </summary>
public sealed class Grounds : IAsyncDisposable
{
    private MySqlServer? _mySql;
    private RabbitMqBroker? _broker;
    private ServicesSystem? _services;
    private DaemonSystem? _daemon;
    private ScriptedWeb? _web;

    internal ScriptedMail Mail { get; } = new();

    /// <summary>The network of the first Prober of the services; null where there is no C compiler.</summary>
    internal Shim? ProberShim { get; } = Shim.TryMake();

    internal async Task<ScriptedWeb> WebAsync() => _web ??= await ScriptedWeb.StartAsync();

    /// <summary>The services, running.</summary>
    internal async Task<ServicesSystem> ServicesAsync()
        => _services ??= await ServicesSystem.StartAsync(_mySql ??= new MySqlServer(), _broker ??= new RabbitMqBroker(), ProberShim);

    /// <summary>The daemon, running.</summary>
    internal async Task<DaemonSystem> DaemonAsync() => _daemon ??= await DaemonSystem.StartAsync();

    /// <summary>A trial on the services.</summary>
    internal async Task<Trial> TryServicesAsync(TrialPlan? plan = null) => await TryAsync(await ServicesAsync(), plan);

    /// <summary>A trial on the daemon.</summary>
    internal async Task<Trial> TryDaemonAsync(TrialPlan? plan = null) => await TryAsync(await DaemonAsync(), plan);

    /// <summary>A trial on a system that the test has started itself.</summary>
    internal async Task<Trial> TryAsync(RunningSystem system, TrialPlan? plan = null)
    {
        Mail.Script = new MailScript();
        return await Trial.BeginAsync(this, system, await WebAsync(), plan ?? new TrialPlan());
    }

    /// <summary>Throws a system away that a trial has left in an unknown state.</summary>
    internal async Task ThrowAwayAsync(RunningSystem system)
    {
        if (system == _services)
        {
            _services = null;
            await system.DisposeAsync();
            await DisposeServersAsync();
        }
        else if (system == _daemon)
        {
            _daemon = null;
            await system.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _services, _daemon, _web, Mail })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        ProberShim?.Dispose();
        await DisposeServersAsync();
    }

    private async Task DisposeServersAsync()
    {
        foreach (var server in new ContainerServer?[] { _mySql, _broker })
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        (_mySql, _broker) = (null, null);
    }
}
