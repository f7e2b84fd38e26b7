using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Publishes status changes. Those that a fold has just stored go out at once, without another look at the store; what comes while a message is on its way travels
/// together in the next one. What is lost on that way, or is too much for it, the <see cref="StatusChangeRelay"/> announces when its time has come.
/// </summary>
internal sealed partial class StatusChangePublisher(IBus bus, IOptions<SchedulerOptions> options, TimeProvider clock, ILogger<StatusChangePublisher> logger)
{
    /// <summary>How many changes travel together at the most. With its trace one is some kilobytes: a message stays well below a megabyte.</summary>
    public const int BatchSize = 100;

    // While the broker takes none, no more wait here: 30 megabytes.
    private const int MostFresh = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<StatusChange> _fresh = new();
    private bool _isPublishing;

    /// <summary>Has changes published that have just been stored, the first of their targets that wait for an answer. Does not wait for it, and does not throw.</summary>
    public void PublishFresh(IEnumerable<StatusChange> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes.Take(MostFresh - _fresh.Count))
            {
                _fresh.Enqueue(change);
            }

            if (_isPublishing || _fresh.Count == 0)
            {
                return;
            }

            _isPublishing = true;
        }

        _ = PublishFreshAsync();
    }

    /// <summary>Publishes changes in one message.</summary>
    public Task PublishAsync(List<StatusChange> changes, CancellationToken cancellationToken)
        => bus.Publish(
            new StatusChangeBatch(changes.ConvertAll(Message)),
            context => context.TimeToLive = options.Value.RelayRetry, // then they are announced again, so this copy need live no longer
            cancellationToken);

    private async Task PublishFreshAsync()
    {
        while (TakeFresh() is { Count: > 0 } changes)
        {
            try
            {
                using var late = new CancellationTokenSource(options.Value.RelayRetry, clock);
                await PublishAsync(changes, late.Token);
            }
            catch (Exception e)
            {
                LogNotPublished(changes.Count, e.Message);
            }
        }
    }

    private List<StatusChange> TakeFresh()
    {
        var (taken, now) = (new List<StatusChange>(), clock.GetUtcNow());
        lock (_lock)
        {
            while (taken.Count < BatchSize && _fresh.TryDequeue(out var change))
            {
                if (!(change.AnnounceAfter <= now)) // else it is the relay's by now
                {
                    taken.Add(change);
                }
            }

            _isPublishing = taken.Count > 0;
        }

        return taken;
    }

    private static TargetStatusChanged Message(StatusChange change)
    {
        var message = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!;
        using var step = SkypunchTelemetry.Continue("announce", message.TraceParent, ActivityKind.Producer);
        return step is null ? message : message with { TraceParent = step.Id };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} changes of targets' statuses could not be announced yet; they are announced again: {Reason}")]
    private partial void LogNotPublished(int count, string reason);
}
