using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// MySQL and RabbitMQ are stopped, killed and paused under the running services. No target fails for it, and all that was committed stays.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class StoppedServerTests(Grounds grounds)
{
    [Fact]
    public Task Nothing_is_lost_when_MySQL_is_stopped_killed_and_paused() => AwayAsync(services => services.MySql);

    [Fact]
    public Task Nothing_is_lost_when_RabbitMQ_is_stopped_killed_and_paused() => AwayAsync(services => services.Broker);

    private async Task AwayAsync(Func<ServicesSystem, ContainerServer> choose)
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var server = choose((ServicesSystem)trial.System);
        await Budget.PassAsync(1);

        foreach (var outage in Enum.GetValues<Outage>())
        {
            trial.Strike();
            await AwayAsync(server, outage);
            await trial.FullRateAsync();
        }

        await trial.ReconcileAsync();
    }

    private static async Task AwayAsync(ContainerServer server, Outage outage)
    {
        await (outage switch
        {
            Outage.Stopped => server.StopAsync(),
            Outage.Killed => server.KillAsync(),
            _ => server.PauseAsync(),
        });
        await Budget.PassAsync(3);
        await (outage is Outage.Paused ? server.ResumeAsync() : server.RestartAsync());
        await AnswersAsync(server);
    }

    // A RabbitMQ container runs for a while before the broker in it does.
    private static Task AnswersAsync(ContainerServer server) => server is RabbitMqBroker broker
        ? Eventually.HoldsAsync(() => HasStartedAsync(broker), "RabbitMQ has started")
        : Task.CompletedTask;

    private static async Task<bool> HasStartedAsync(RabbitMqBroker broker)
    {
        try
        {
            await broker.ControlAsync("await_startup");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // the broker's Erlang node has not started yet
        }
    }
}

/// <summary>How a server becomes unreachable.</summary>
internal enum Outage
{
    Stopped,
    Killed,
    Paused,
}
