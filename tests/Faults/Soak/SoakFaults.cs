using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>The faults from which a soak chooses.</summary>
internal static class SoakFaults
{
    private static readonly string[] Wired = ["Scheduler", "Prober", "Notifier"];

    /// <summary>The faults of the daemon and of the services.</summary>
    private static readonly SoakFault[] OfAny =
    [
        new("a part is killed", ground => RestartAsync(ground.AnyPart(), part => part.KillAsync()), KillsSenders: true),
        new("a part is stopped and started", ground => RestartAsync(ground.AnyPart(), part => part.TerminateAsync())),
        new("a part stands still", ground => FreezeAsync(ground, [ground.AnyPart()])),
        new("all parts stand still", ground => FreezeAsync(ground, ground.Trial.System.Parts)),
        new("the mail server is down", MailIsDownAsync),
        new("the mail server hangs", ground => MailIsAsync(ground, new MailScript { HangsAfterData = true })),
        new("the mail server is slow", ground => MailIsAsync(ground, new MailScript { Before250 = TimeSpan.FromSeconds(1) })),
    ];

    private static readonly SoakFault[] OfServices =
    [
        new("all parts are killed", KillAllAsync, KillsSenders: true),
        new("MySQL is stopped", ground => AwayAsync(ground, ground.Services.MySql, server => server.StopAsync(), server => server.RestartAsync())),
        new("MySQL is killed", ground => AwayAsync(ground, ground.Services.MySql, server => server.KillAsync(), server => server.RestartAsync())),
        new("MySQL is paused", ground => AwayAsync(ground, ground.Services.MySql, server => server.PauseAsync(), server => server.ResumeAsync())),
        new("RabbitMQ is stopped", ground => AwayAsync(ground, ground.Services.Broker, server => server.StopAsync(), server => server.RestartAsync())),
        new("RabbitMQ is killed", ground => AwayAsync(ground, ground.Services.Broker, server => server.KillAsync(), server => server.RestartAsync())),
        new("RabbitMQ is paused", ground => AwayAsync(ground, ground.Services.Broker, server => server.PauseAsync(), server => server.ResumeAsync())),
        new("a wire is cut", ground => WireIsAsync(ground, WireState.Cut)),
        new("a wire hangs", ground => WireIsAsync(ground, WireState.Hanging)),
    ];

    public static IReadOnlyList<SoakFault> For(RunningSystem system) => system is ServicesSystem ? [.. OfAny, .. OfServices] : OfAny;

    private static async Task RestartAsync(ServiceProcess part, Func<ServiceProcess, Task> end)
    {
        await end(part);
        part.StartAgain();
        await part.WaitUntilReadyAsync();
    }

    private static async Task KillAllAsync(SoakGround ground)
    {
        await Task.WhenAll(ground.Trial.System.Parts.Select(part => part.KillAsync()));
        foreach (var part in ground.Trial.System.Parts)
        {
            part.StartAgain();
        }

        await ground.Trial.System.WaitUntilReadyAsync();
    }

    private static async Task FreezeAsync(SoakGround ground, IReadOnlyList<ServiceProcess> parts)
    {
        await ServiceProcess.SignalAsync("STOP", parts);
        await ground.PassAsync();
        await ServiceProcess.SignalAsync("CONT", parts);
    }

    private static async Task MailIsDownAsync(SoakGround ground)
    {
        ground.Mail.GoDown();
        await ground.PassAsync();
        ground.Mail.GoUp();
    }

    private static async Task MailIsAsync(SoakGround ground, MailScript script)
    {
        ground.Mail.Script = script;
        await ground.PassAsync();
        ground.Mail.Script = new MailScript();
    }

    private static async Task AwayAsync(SoakGround ground, ContainerServer server, Func<ContainerServer, Task> leave, Func<ContainerServer, Task> comeBack)
    {
        await leave(server);
        await ground.PassAsync();
        await comeBack(server);
    }

    private static async Task WireIsAsync(SoakGround ground, WireState state)
    {
        var wiring = ground.Services.Wires.Of(ground.Any(Wired));
        var wire = ground.Any<FaultyWire>([wiring.Database, wiring.Bus]);
        wire.Set(state);
        await ground.PassAsync();
        wire.Set(WireState.Sound);
    }
}
