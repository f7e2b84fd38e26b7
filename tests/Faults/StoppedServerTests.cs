using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>MySQL and RabbitMQ are stopped, killed and paused beneath the running services: no target fails for it, and all that was committed stays.</summary>
public sealed class StoppedServerTests(Grounds grounds)
{
    [Theory]
    [InlineData(Outage.Stopped)]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Paused)]
    public Task MySql_is_away_for_a_while(Outage outage) => AwayAsync(services => services.MySql, outage);

    [Theory]
    [InlineData(Outage.Stopped)]
    [InlineData(Outage.Killed)]
    [InlineData(Outage.Paused)]
    public Task RabbitMq_is_away_for_a_while(Outage outage) => AwayAsync(services => services.Broker, outage);

    private async Task AwayAsync(Func<ServicesSystem, ContainerServer> choose, Outage outage)
    {
        await using var trial = await grounds.TryServicesAsync();
        var server = choose((ServicesSystem)trial.System);
        await Budget.PassAsync(1);

        trial.Strike();
        await (outage switch
        {
            Outage.Stopped => server.StopAsync(),
            Outage.Killed => server.KillAsync(),
            _ => server.PauseAsync(),
        });
        await Budget.PassAsync(4);
        await (outage is Outage.Paused ? server.ResumeAsync() : server.RestartAsync());
        await AnswersAsync(server);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    // A container of RabbitMQ runs for a while before the broker does.
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
            return false; // there is not even a node to wait for
        }
    }
}

/// <summary>How a server is taken away.</summary>
public enum Outage
{
    Stopped,
    Killed,
    Paused,
}
