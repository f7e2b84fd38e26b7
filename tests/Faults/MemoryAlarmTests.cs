using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>RabbitMQ has no memory left and takes no messages. No target fails, and nothing is lost.</summary>
[Collection(nameof(OnServices))]
public sealed class MemoryAlarmTests(Grounds grounds)
{
    [Fact]
    public async Task Nothing_is_lost_while_RabbitMQ_takes_no_messages()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var broker = ((ServicesSystem)trial.System).Broker;

        trial.Strike();
        await broker.ControlAsync("set_vm_memory_high_watermark", "0");
        await Budget.PassAsync(3);
        await broker.ControlAsync("set_vm_memory_high_watermark", "0.6");

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
