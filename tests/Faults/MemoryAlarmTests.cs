using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>RabbitMQ has no memory left and takes no messages: nothing fails, nothing is lost.</summary>
public sealed class MemoryAlarmTests(Grounds grounds)
{
    [Fact]
    public async Task RabbitMq_takes_no_messages_for_a_while()
    {
        await using var trial = await grounds.TryServicesAsync();
        var broker = ((ServicesSystem)trial.System).Broker;

        trial.Strike();
        await broker.ControlAsync("set_vm_memory_high_watermark", "0");
        await Budget.PassAsync(4);
        await broker.ControlAsync("set_vm_memory_high_watermark", "0.6");

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
