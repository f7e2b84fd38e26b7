using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Publishes status changes. Changes that a fold has just stored are published at once, without another query. Changes that come in while a
/// message is being published go together into the next message. A change that gets lost here, or that the queue in memory has no room for,
/// is announced by the <see cref="StatusChangeRelay"/> once its <c>AnnounceAfter</c> has passed.
/// </summary>
internal sealed partial class StatusChangePublisher(IBus bus, IOptions<SchedulerOptions> options, TimeProvider clock, ILogger<StatusChangePublisher> logger)
{
    /// <summary>
    /// The most changes in one message. A change with its trace takes a few kilobytes, so a message stays well below a megabyte.
    /// </summary>
    public const int BatchSize = 100;

    // The most changes that wait in memory while the broker accepts no messages: about 30 megabytes.
    private const int MostFresh = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<StatusChange> _fresh = new();
    private bool _isPublishing;

    /// <summary>
    /// Starts to publish changes that have just been stored. Each must be the oldest change of its target that the Notifier has not
    /// confirmed. Returns without waiting, and does not throw.
    /// </summary>
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
            context => context.TimeToLive = options.Value.RelayRetry, // after that the relay announces them again
            cancellationToken);

    /// <summary>
    /// Makes the message of some changes, and publishes one without any. A Notifier answers the empty message as it answers every other one,
    /// and there is nothing in it to store.
    /// </summary>
    public Task RehearseAsync(IEnumerable<StatusChange> changes, CancellationToken cancellationToken)
    {
        MessageCopy.Of(new StatusChangeBatch([.. changes.Select(Message)]));
        return PublishAsync([], cancellationToken);
    }

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
                var isLeftToRelay = change.AnnounceAfter is { } at && at <= now;
                if (!isLeftToRelay)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} status changes could not be announced; they will be announced again: {Reason}")]
    private partial void LogNotPublished(int count, string reason);
}
