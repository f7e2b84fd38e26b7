namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// A precondition for this process to take work from the bus, such as that its tables are migrated. The gate is open when the condition is
/// met.
/// </summary>
/// <param name="name">What the process waits for, for the log.</param>
public sealed class StartupGate(string name)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StartupStep _step = new(name, null, null);

    /// <summary>What the process waits for, for the log.</summary>
    public string Name { get; } = name;

    /// <summary>The progress.</summary>
    public StartupStep Step => _step;

    /// <summary>Whether the condition is met.</summary>
    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Reports progress. It replaces an earlier failure.</summary>
    /// <param name="doing">What is done now, as a sentence without its full stop.</param>
    public void Begin(string doing) => _step = new StartupStep(Name, doing, null);

    /// <summary>Reports that an attempt has failed; another one follows.</summary>
    /// <param name="trouble">Why the attempt has failed.</param>
    public void Fail(string trouble) => _step = _step with { Trouble = trouble };

    /// <summary>Opens the gate, since the condition is met.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until the gate is open.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);
}
