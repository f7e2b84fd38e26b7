namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Something that must have happened before this process takes work from the bus, such as its tables being migrated.</summary>
/// <param name="name">What it is, for the log.</param>
public sealed class StartupGate(string name)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it is, for the log.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it has happened.</summary>
    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>It has happened.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until it has happened.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);
}
