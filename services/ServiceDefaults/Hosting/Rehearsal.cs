using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>
/// Does at the start what this process does when a target fails, so that the first alert finds its code compiled, its queries built and its
/// connections open. A rehearsal sends nothing to anybody, leaves nothing in a store and counts in no metric. One that fails, or takes longer
/// than <see cref="Patience"/>, keeps nothing from going on.
/// </summary>
/// <param name="name">What is rehearsed, for the log.</param>
/// <param name="store">Opens when the tables are there, which the rehearsal needs.</param>
/// <param name="busGate">Opens when the bus is started.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
public abstract partial class Rehearsal(string name, StartupGate store, BusGate busGate, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>How long each part of the rehearsal may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens when the first part of the rehearsal is over, whatever came of it. The bus starts after that.</summary>
    public StartupGate Gate { get; } = new($"the rehearsal of {name}");

    /// <summary>Rehearses the work, before this process takes work from the bus.</summary>
    protected abstract Task RehearseWorkAsync(CancellationToken cancellationToken);

    /// <summary>Rehearses messages, once the bus is started.</summary>
    protected abstract Task RehearseMessagesAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.WaitAsync(stoppingToken);
            await TryAsync(RehearseWorkAsync, stoppingToken);
            Gate.Open();
            await busGate.WaitAsync(stoppingToken);
            await TryAsync(RehearseMessagesAsync, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> rehearse, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        try
        {
            await rehearse(either.Token).WaitAsync(either.Token); // what does not heed the cancellation is left to itself
        }
        catch (Exception e)
        {
            stoppingToken.ThrowIfCancellationRequested();
            LogNotRehearsed(logger, Gate.Name, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The process goes on without {Name}, so the first alert may take a second or two longer: {Reason}")]
    private static partial void LogNotRehearsed(ILogger logger, string name, string reason);
}
