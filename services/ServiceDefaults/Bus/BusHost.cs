using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Starts the bus once this process can take work. Stops it after the messages in hand are handled.</summary>
internal sealed partial class BusHost(
    IBusDepot depot,
    IEnumerable<StartupGate> gates,
    BusGate ready,
    IOptions<RabbitMqTransportOptions> broker,
    TimeProvider clock,
    ILogger<BusHost> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = StartBusAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await depot.Stop(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task StartBusAsync(CancellationToken cancellationToken)
    {
        foreach (var gate in gates)
        {
            await gate.WaitAsync(cancellationToken);
        }

        while (true)
        {
            await using var reminder = clock.CreateTimer(_ => LogWaiting(broker.Value.Host, broker.Value.Port), null, ReminderInterval, ReminderInterval);
            try
            {
                await depot.Start(cancellationToken);
                ready.Open();
                LogStarted();
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                ready.Fail(e.Message);
                LogStartFailed(e.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for RabbitMQ at {Host}:{Port}.")]
    private partial void LogWaiting(string host, ushort port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bus could not be started and is tried again: {Reason}")]
    private partial void LogStartFailed(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus is started.")]
    private partial void LogStarted();
}
