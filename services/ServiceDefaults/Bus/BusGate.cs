namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Tells when the bus is started: the tables are there, the queues exist, what is published arrives.</summary>
public sealed class BusGate
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _trouble;

    /// <summary>Why the last try to start it has failed; null: none has.</summary>
    public string? Trouble => _trouble;

    /// <summary>Waits until the bus is started.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);

    /// <summary>The bus is started.</summary>
    public void Open() => _started.TrySetResult();

    /// <summary>The bus could not be started, and is tried again.</summary>
    public void Fail(string trouble) => _trouble = trouble;
}
