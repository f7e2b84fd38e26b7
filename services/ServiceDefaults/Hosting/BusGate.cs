namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Opens when the bus is started: then the tables are migrated, the queues exist, and published messages arrive.</summary>
public sealed class BusGate
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _trouble;

    /// <summary>Why the last attempt to start the bus failed; null: none has failed.</summary>
    public string? Trouble => _trouble;

    /// <summary>Waits until the bus is started.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);

    /// <summary>To be called when the bus is started.</summary>
    public void Open() => _started.TrySetResult();

    /// <summary>To be called when the bus could not be started; the start is tried again.</summary>
    public void Fail(string trouble) => _trouble = trouble;
}
