namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Tells when the bus is started: the tables are there, the queues exist, what is published arrives.</summary>
public sealed class BusGate
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until the bus is started.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);

    /// <summary>The bus is started.</summary>
    public void Open() => _started.TrySetResult();
}
