namespace Skypunch.Faults.Ground;

/// <summary>
/// What the tests of a lane share: the web server, the mail server, and a Skypunch of the lane's kind. Each part starts on first use. A
/// system that a test has left broken is disposed of, and the next test gets a new one.
/// </summary>
public sealed class Grounds : IAsyncDisposable
{
    // Controls the clock and the network of the daemon, or of the first Prober of the services.
    private readonly Shim? _shim = Shim.TryMake();

    private MySqlServer? _mySql;
    private RabbitMqBroker? _broker;
    private ServicesSystem? _services;
    private DaemonSystem? _daemon;
    private ScriptedWeb? _web;

    internal ScriptedMail Mail { get; } = new();

    internal async Task<ScriptedWeb> WebAsync() => _web ??= await ScriptedWeb.StartAsync();

    /// <summary>The running services.</summary>
    internal async Task<ServicesSystem> ServicesAsync()
    {
        if (_services is null)
        {
            (_mySql, _broker) = (_mySql ?? new MySqlServer(), _broker ?? new RabbitMqBroker());
            await Task.WhenAll(_mySql.StartAsync(), _broker.StartAsync());
            _services = await ServicesSystem.StartAsync(_mySql, _broker, _shim);
        }

        return _services;
    }

    /// <summary>The running daemon.</summary>
    internal async Task<DaemonSystem> DaemonAsync() => _daemon ??= await DaemonSystem.StartAsync(settings: _shim?.Settings(keptPorts: [Mail.Port]) ?? []);

    /// <summary>
    /// Controls the clock and the network of the daemon, or of the first Prober of the services. Skips the test if there is no C compiler.
    /// </summary>
    internal Shim ShimOrSkip()
    {
        Shim.SkipWhereThereIsNone();
        return _shim!;
    }

    /// <summary>Begins a trial on the services.</summary>
    internal async Task<Trial> TrialOnServicesAsync(TrialPlan? plan = null) => await TrialOnAsync(await ServicesAsync(), plan);

    /// <summary>Begins a trial on the daemon.</summary>
    internal async Task<Trial> TrialOnDaemonAsync(TrialPlan? plan = null) => await TrialOnAsync(await DaemonAsync(), plan);

    /// <summary>Begins a trial on a system that the test has started itself.</summary>
    internal async Task<Trial> TrialOnAsync(RunningSystem system, TrialPlan? plan = null)
    {
        Mail.Script = new MailScript();
        return await Trial.BeginAsync(this, system, await WebAsync(), plan ?? new TrialPlan());
    }

    /// <summary>Disposes of a system that a trial has left in an unknown state.</summary>
    internal async Task ThrowAwayAsync(RunningSystem system)
    {
        _shim?.PutRight();
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

        _shim?.Dispose();
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
