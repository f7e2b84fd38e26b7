namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Something that must have happened before this process takes work from the bus, such as its tables being migrated.</summary>
/// <param name="name">What it is, for the log.</param>
public sealed class StartupGate(string name)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StartupStep _step = new(name, null, null);

    /// <summary>What it is, for the log.</summary>
    public string Name { get; } = name;

    /// <summary>How far it is.</summary>
    public StartupStep Step => _step;

    /// <summary>Whether it has happened.</summary>
    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>It goes on. What has failed before is no trouble any more.</summary>
    /// <param name="doing">What is done now, as a sentence without its end.</param>
    public void Begin(string doing) => _step = new StartupStep(Name, doing, null);

    /// <summary>It has failed, and is tried again.</summary>
    /// <param name="trouble">Why.</param>
    public void Fail(string trouble) => _step = _step with { Trouble = trouble };

    /// <summary>It has happened.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until it has happened.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);
}
